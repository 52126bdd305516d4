package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import org.obverse.engine.artifact.TensorFile;

/** Where a training keeps what it needs to go on after its last finished epoch. */
public interface EpochStore {
    /** Keeps nothing: such a training starts anew. */
    EpochStore NONE = new EpochStore() {
        @Override
        public Optional<TensorFile> last() {
            return Optional.empty();
        }

        @Override
        public void save(Map<String, NDArray> tensors, Map<String, String> facts) {}

        @Override
        public boolean keeps() {
            return false;
        }
    };

    /** What was saved last by a training of the same inputs. */
    Optional<TensorFile> last();

    /** Takes the place of what was saved before. */
    void save(Map<String, NDArray> tensors, Map<String, String> facts);

    /** Whether anything that is saved is kept. */
    boolean keeps();
}
