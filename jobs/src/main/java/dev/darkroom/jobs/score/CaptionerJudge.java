package dev.darkroom.jobs.score;

import dev.darkroom.recaption.Caption;
import dev.darkroom.recaption.CaptionFailure;
import dev.darkroom.recaption.CaptionOutcome;
import dev.darkroom.recaption.CaptionRequest;
import dev.darkroom.udfs.caption.CaptionStream;
import dev.darkroom.udfs.caption.CaptionerLease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A model that is interviewed about each image. */
final class CaptionerJudge implements Judge {
  private final CaptionerLease lease;
  private final Interview interview;

  CaptionerJudge(CaptionerLease lease, Interview interview) {
    this.lease = lease;
    this.interview = interview;
  }

  /** One question about an image; the last one says so. An image without any has one of none. */
  private record Asked(Subject subject, boolean last) {}

  @Override
  public Iterator<Judgement> judge(Iterator<Subject> subjects) {
    CaptionStream<Asked> stream = new CaptionStream<>(lease.captioner(), new Asking(subjects));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return stream.hasNext();
      }

      @Override
      public Judgement next() {
        List<CaptionOutcome> outcomes = new ArrayList<>();
        while (true) {
          CaptionStream.Answered<Asked> answered = stream.next();
          answered.outcome().ifPresent(outcomes::add);
          if (answered.row().last()) {
            return judgement(answered.row().subject(), outcomes);
          }
        }
      }
    };
  }

  private Judgement judgement(Subject subject, List<CaptionOutcome> outcomes) {
    if (subject.problem().isPresent()) {
      return Judgement.without(subject, subject.problem().get());
    }
    List<String> answers = new ArrayList<>();
    for (CaptionOutcome outcome : outcomes) {
      if (outcome instanceof CaptionFailure failure) {
        return Judgement.without(
            subject,
            failure.type() == CaptionFailure.Type.UNREADABLE_IMAGE
                ? ScoreStatus.UNREADABLE
                : ScoreStatus.FAILED,
            failure.type().name(),
            failure.message());
      }
      answers.add(((Caption) outcome).text());
    }
    return interview.judgement(subject, answers);
  }

  @Override
  public void close() {
    lease.close();
  }

  /** The questions of one image after the other. */
  private final class Asking implements Iterator<CaptionStream.Asked<Asked>> {
    private final Iterator<Subject> subjects;
    private final Deque<CaptionStream.Asked<Asked>> next = new ArrayDeque<>();

    Asking(Iterator<Subject> subjects) {
      this.subjects = subjects;
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty() && subjects.hasNext()) {
        ask(subjects.next());
      }
      return !next.isEmpty();
    }

    private void ask(Subject subject) {
      List<String> questions =
          subject.image().isPresent() ? interview.questions(subject) : List.of();
      if (questions.isEmpty()) {
        next.add(new CaptionStream.Asked<>(new Asked(subject, true), Optional.empty()));
      }
      for (int i = 0; i < questions.size(); i++) {
        CaptionRequest request =
            new CaptionRequest(
                subject.image().orElseThrow(), questions.get(i), interview.decoding(), 0);
        next.add(
            new CaptionStream.Asked<>(
                new Asked(subject, i == questions.size() - 1), Optional.of(request)));
      }
    }

    @Override
    public CaptionStream.Asked<Asked> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("every question was asked");
      }
      return next.remove();
    }
  }
}
