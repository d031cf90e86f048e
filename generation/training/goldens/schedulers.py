"""What the schedulers of diffusers make of a model that is a formula.

python schedulers.py --output ../../src/test/resources/dev/darkroom/generation/scheduler

Every case is a scheduler configuration, the timesteps it gives and the sample half way and
at the end. The model says tanh(0.7 x + 0.1 sin(t / 100)); of a learned variance it says cos(3 x)
within its range, and else a hundredth of the square of that. The first sample and the noise of the steps come from one torch generator.
With --seed the configurations are drawn at random instead of listed.

PyTorch's logarithms, exponentials and roots of float32 are off by a unit in the last place
now and then, on each kind of processor elsewhere. SA-Solver above order 2 subtracts nearly
equal numbers and makes 1e-4 of that. So each case is sampled twice: as PyTorch is, and
("rounded") with these functions taken in float64 and rounded once.
"""

import argparse
import base64
import contextlib
import json
import math
import pathlib
import random
import warnings

import diffusers
import torch

SHAPE = (1, 4, 4, 4)
SOLVER = "DPMSolverMultistepScheduler"
SA = "SASolverScheduler"
FLOW = "FlowMatchEulerDiscreteScheduler"
SD = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
COSINE = {"beta_schedule": "squaredcos_cap_v2"}
ZERO_SNR = {
    **SD,
    "rescale_betas_zero_snr": True,
    "timestep_spacing": "trailing",
    "prediction_type": "v_prediction",
}
# scheduler/scheduler_config.json of Stable Diffusion 1.5, less its version.
PNDM = {
    "_class_name": "PNDMScheduler",
    **SD,
    "num_train_timesteps": 1000,
    "set_alpha_to_one": False,
    "skip_prk_steps": True,
    "steps_offset": 1,
    "trained_betas": None,
    "clip_sample": False,
}


def case(name, kind, steps, *, to=None, eta=0.0, overrides=None, **config):
    return {
        "name": name,
        "config": {"_class_name": kind, **config},
        "to": to,
        "steps": steps,
        "eta": eta,
        "overrides": overrides or {},
    }


def listed():
    cases = []

    def add(*arguments, **options):
        cases.append(case(*arguments, **options))

    ddpm, ddim = "DDPMScheduler", "DDIMScheduler"
    add("ddpm", ddpm, 50)
    add("ddpm every step", ddpm, 1000)
    add("ddpm small log", ddpm, 25, variance_type="fixed_small_log", **SD)
    add("ddpm large", ddpm, 25, variance_type="fixed_large", clip_sample=False)
    add("ddpm learned range", ddpm, 20, variance_type="learned_range")
    add("ddpm learned", ddpm, 20, variance_type="learned", timestep_spacing="trailing")
    add("ddpm linspace", ddpm, 30, timestep_spacing="linspace", clip_sample_range=0.5)
    add("ddpm threshold", ddpm, 20, thresholding=True, sample_max_value=1.5, **COSINE)
    add("ddpm velocity", ddpm, 21, **ZERO_SNR)
    add("ddpm sample", ddpm, 20, prediction_type="sample", steps_offset=1)
    add("ddpm short", ddpm, 10, num_train_timesteps=100, beta_end=0.1)

    add(
        "ddim",
        ddim,
        20,
        steps_offset=1,
        set_alpha_to_one=False,
        clip_sample=False,
        **SD,
    )
    add("ddim clipped", ddim, 50)
    add("ddim eta", ddim, 50, eta=1.0)
    add("ddim some eta", ddim, 25, eta=0.3, clip_sample=False, **SD)
    add("ddim linspace", ddim, 17, timestep_spacing="linspace", **COSINE)
    add("ddim trailing", ddim, 10, timestep_spacing="trailing", clip_sample=False)
    add("ddim velocity", ddim, 20, clip_sample=False, **ZERO_SNR)
    add("ddim sample", ddim, 20, prediction_type="sample", eta=0.5)
    add("ddim threshold", ddim, 20, thresholding=True, dynamic_thresholding_ratio=0.8)
    add("ddim one step", ddim, 1, timestep_spacing="trailing", clip_sample=False)
    betas = [0.001 + 0.0005 * (i % 40) for i in range(200)]
    add("ddim trained", ddim, 20, num_train_timesteps=200, trained_betas=betas)

    add("dpm pixart", SOLVER, 20, final_sigmas_type="zero", lower_order_final=True)
    add("dpm first order", SOLVER, 20, solver_order=1, **SD)
    add("dpm third order", SOLVER, 20, solver_order=3, **SD)
    add("dpm third few", SOLVER, 10, solver_order=3, **SD)
    add("dpm heun", SOLVER, 20, solver_type="heun", **SD)
    add("dpm one step", SOLVER, 1, **SD)
    add("dpm two steps", SOLVER, 2, **SD)
    add("dpm karras", SOLVER, 14, use_karras_sigmas=True, **SD)
    add("dpm karras cosine", SOLVER, 14, use_karras_sigmas=True, **COSINE)
    add(
        "dpm karras min",
        SOLVER,
        25,
        use_karras_sigmas=True,
        final_sigmas_type="sigma_min",
    )
    add("dpm min", SOLVER, 12, final_sigmas_type="sigma_min", **SD)
    add(
        "dpm min not lower",
        SOLVER,
        12,
        final_sigmas_type="sigma_min",
        lower_order_final=False,
    )
    add("dpm min euler", SOLVER, 18, final_sigmas_type="sigma_min", euler_at_final=True)
    add("dpm leading", SOLVER, 20, timestep_spacing="leading", steps_offset=1, **SD)
    add("dpm trailing", SOLVER, 10, timestep_spacing="trailing", **SD)
    clipped = {"lambda_min_clipped": -5.1, **COSINE}
    add("dpm clipped", SOLVER, 20, prediction_type="v_prediction", **clipped)
    add("dpm clipped trailing", SOLVER, 20, timestep_spacing="trailing", **clipped)
    add("dpm infinite", SOLVER, 20, lambda_min_clipped=-math.inf, **SD)
    add("dpm sample", SOLVER, 20, prediction_type="sample", **SD)
    add("dpm threshold", SOLVER, 20, thresholding=True, sample_max_value=2.0)
    add("dpm velocity", SOLVER, 20, **ZERO_SNR)
    flow = {"use_flow_sigmas": True, "prediction_type": "flow_prediction"}
    add("dpm flow", SOLVER, 20, flow_shift=3.0, **flow)
    add("dpm flow third", SOLVER, 24, solver_order=3, **flow)
    sde = "sde-dpmsolver++"
    add("sde", SOLVER, 20, algorithm_type=sde)
    add("sde first", SOLVER, 20, algorithm_type=sde, solver_order=1, **SD)
    add("sde third", SOLVER, 20, algorithm_type=sde, solver_order=3, **SD)
    add("sde heun", SOLVER, 20, algorithm_type=sde, solver_type="heun", **SD)
    add("sde karras", SOLVER, 25, algorithm_type=sde, use_karras_sigmas=True, **SD)
    add("sde euler", SOLVER, 8, algorithm_type=sde, euler_at_final=True, **SD)
    add("sde flow", SOLVER, 20, algorithm_type=sde, flow_shift=2.0, **flow)

    for predictor, corrector in [
        (1, 1),
        (2, 2),
        (3, 3),
        (3, 4),
        (4, 4),
        (1, 4),
        (4, 1),
    ]:
        orders = {"predictor_order": predictor, "corrector_order": corrector}
        add(f"sa {predictor} {corrector}", SA, 20, **orders)
    add("sa scaled", SA, 25, **SD)
    add("sa karras", SA, 20, use_karras_sigmas=True, **SD)
    add("sa cosine karras", SA, 20, use_karras_sigmas=True, **COSINE)
    add("sa flow", SA, 20, flow_shift=3.0, **flow)
    add("sa velocity", SA, 20, prediction_type="v_prediction", **SD)
    add("sa sample", SA, 15, prediction_type="sample", timestep_spacing="leading")
    add(
        "sa trailing",
        SA,
        25,
        timestep_spacing="trailing",
        predictor_order=3,
        corrector_order=4,
    )
    add("sa not lower", SA, 20, lower_order_final=False, **SD)
    add("sa threshold", SA, 20, thresholding=True, **SD)
    add("sa clipped", SA, 20, **clipped)

    add("flow", FLOW, 20)
    add("flow shift", FLOW, 25, shift=3.0)
    add("flow one step", FLOW, 1, shift=3.0)
    add("flow short", FLOW, 12, shift=0.5, num_train_timesteps=500)

    pndm = dict(PNDM)
    kind = pndm.pop("_class_name")
    for to in [ddpm, ddim, SOLVER, SA]:
        add(f"pndm to {to}", kind, 20, to=to, **pndm)
    add("ddim to dpm", ddim, 15, to=SOLVER, **ZERO_SNR)
    add(
        "dpm to sa",
        SOLVER,
        20,
        to=SA,
        overrides={"algorithm_type": "data_prediction"},
        algorithm_type="dpmsolver++",
        solver_order=3,
    )
    add(
        "flow to dpm",
        FLOW,
        20,
        to=SOLVER,
        overrides={"flow_shift": 3.0, **flow},
        shift=3.0,
    )
    add("flow to sa", FLOW, 20, to=SA, overrides={"flow_shift": 3.0, **flow}, shift=3.0)
    return cases


def drawn(seed):
    """Configurations that nobody has looked at."""
    draw = random.Random(seed)

    def some(**options):
        return {
            key: draw.choice(values)
            for key, values in options.items()
            if draw.random() < 0.6
        }

    cases = []
    for number in range(60):
        kind = ["DDPMScheduler", "DDIMScheduler", SOLVER, SA, FLOW][number % 5]
        config = some(num_train_timesteps=[400, 1000])
        if kind == FLOW:
            config |= some(shift=[0.7, 1.5, 3.0, 6.0])
        else:
            config |= some(
                beta_schedule=["linear", "scaled_linear", "squaredcos_cap_v2"],
                beta_end=[0.012, 0.02],
                prediction_type=["epsilon", "v_prediction", "sample"],
                timestep_spacing=["linspace", "leading", "trailing"],
                steps_offset=[0, 1],
                thresholding=[False, True],
                sample_max_value=[1.0, 3.0],
            )
        if kind == "DDPMScheduler":
            config |= some(
                variance_type=["fixed_small", "fixed_large", "learned_range"]
            )
        if kind == "DDIMScheduler":
            config |= some(set_alpha_to_one=[False, True], clip_sample=[False, True])
        if kind == SOLVER:
            config |= some(
                solver_order=[1, 2, 3],
                solver_type=["midpoint", "heun"],
                algorithm_type=["dpmsolver++", "sde-dpmsolver++"],
                use_karras_sigmas=[False, True],
                lower_order_final=[False, True],
                euler_at_final=[False, True],
            )
        if kind == SA:
            config |= some(
                predictor_order=[1, 2],
                corrector_order=[1, 2],
                use_karras_sigmas=[False, True],
                lower_order_final=[False, True],
            )
        if config.get("beta_schedule") == "squaredcos_cap_v2" and kind in (SOLVER, SA):
            config["lambda_min_clipped"] = -5.1
        eta = draw.choice([0.0, 0.4, 1.0]) if kind == "DDIMScheduler" else 0.0
        steps = draw.choice([5, 10, 16, 20, 25])
        cases.append(case(f"drawn {number}", kind, steps, eta=eta, **config))
    return cases


def model(sample, timestep, variance):
    exact = sample.double()
    output = torch.tanh(0.7 * exact + 0.1 * math.sin(float(timestep) / 100))
    if variance == "learned":
        output = torch.cat([output, 0.01 * torch.cos(3 * exact) ** 2], dim=1)
    elif variance == "learned_range":
        output = torch.cat([output, torch.cos(3 * exact)], dim=1)
    return output.float()


@contextlib.contextmanager
def rounded_once():
    plain = {name: getattr(torch, name) for name in ("log", "exp", "sqrt")}
    power = torch.Tensor.__pow__

    def exact(function):
        return lambda value: function(value.double()).to(value.dtype)

    for name, function in plain.items():
        setattr(torch, name, exact(function))
    torch.Tensor.__pow__ = lambda value, exponent: (
        torch.sqrt(value) if exponent == 0.5 else power(value, exponent)
    )
    try:
        yield
    finally:
        torch.Tensor.__pow__ = power
        for name, function in plain.items():
            setattr(torch, name, function)


def encoded(sample):
    return base64.b64encode(sample.numpy().astype("<f4").tobytes()).decode("ascii")


def sampled(entry, seed):
    """The timesteps, and the sample after each."""
    kind = getattr(diffusers, entry["to"] or entry["config"]["_class_name"])
    scheduler = kind.from_config(entry["config"], **entry["overrides"])
    scheduler.set_timesteps(entry["steps"])
    if hasattr(scheduler, "set_begin_index"):
        scheduler.set_begin_index(0)
    variance = (
        scheduler.config.variance_type if kind is diffusers.DDPMScheduler else None
    )
    options = {"eta": entry["eta"]} if kind is diffusers.DDIMScheduler else {}
    generator = torch.Generator("cpu").manual_seed(seed)
    sample = torch.randn(SHAPE, generator=generator)
    samples = []
    for timestep in scheduler.timesteps:
        output = model(sample, timestep, variance)
        sample = scheduler.step(
            output, timestep, sample, generator=generator, **options
        ).prev_sample
        samples.append(sample)
    if not bool(torch.isfinite(sample).all()):
        raise ValueError(f"{entry['name']}: diffusers gives values that are not finite")
    return [float(timestep) for timestep in scheduler.timesteps], samples


def golden(entry, seed):
    timesteps, samples = sampled(entry, seed)
    with rounded_once():
        _, rounded = sampled(entry, seed)
    result = {key: entry[key] for key in ("name", "config", "steps")}
    if entry["to"]:
        result["to"] = entry["to"]
    if entry["eta"]:
        result["eta"] = entry["eta"]
    return result | {
        "seed": seed,
        "timesteps": timesteps,
        "middle": encoded(samples[(len(samples) - 1) // 2]),
        "final": encoded(samples[-1]),
        "rounded": encoded(rounded[-1]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore")
    diffusers.logging.set_verbosity_error()
    cases = listed() if arguments.seed is None else drawn(arguments.seed)
    goldens = [golden(entry, index + 1) for index, entry in enumerate(cases)]
    arguments.output.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(each, separators=(",", ":")) for each in goldens)
    (arguments.output / "goldens.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
