package org.obverse.engine.artifact;

import java.nio.file.Path;

/**
 * What a unit produced, in the store.
 *
 * @param sha256 of its bytes, in hexadecimal
 */
public record Artifact(String sha256, Path file) {
    /** A tensor file, as all artifacts are. */
    public TensorFile tensors() {
        return TensorFile.open(file);
    }
}
