package dev.darkroom.compression.container;

import dev.darkroom.compression.Sha256;
import java.util.Optional;

/**
 * What a container says of an image without decoding it.
 *
 * @param shape the image's size
 * @param codec the coder of its stream
 * @param modelSha256 the model that decoding needs, if the coder has one
 * @param streamIndex which of the container's streams it lies in, from 0
 * @param positionInStream how many images lie before it in that stream
 * @param streamBytes the length of that stream, shared by all its images
 * @param pixelSha256 the hash of its pixels, see {@link Sha256#ofPixels}
 * @param hasMetadata whether a metadata block belongs to it
 */
public record ImageInfo(
    ImageShape shape,
    CodecId codec,
    Optional<Sha256> modelSha256,
    int streamIndex,
    int positionInStream,
    int streamBytes,
    Sha256 pixelSha256,
    boolean hasMetadata) {}
