package org.obverse.engine.membership;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.training.HeldOutImages;
import org.obverse.engine.unit.Lessons;

/**
 * What an attacker's reference model is trained on.
 *
 * @param validation the images that its own epochs are judged by: those that the target is not trained on, or none
 */
public record ReferenceLessons(Input<MeasuredData> data, ReferencePart part, HeldOutImages validation)
        implements Lessons {
    @Override
    public List<Input<?>> inputs() {
        return List.of(data);
    }

    @Override
    public String identity() {
        return part.identity();
    }

    @Override
    public Images images(Inputs inputs) {
        return part.images(plain(inputs), validation(inputs));
    }

    private Dataset plain(Inputs inputs) {
        return inputs.get(data).images().plain();
    }

    private List<Integer> validation(Inputs inputs) {
        return validation.rows(plain(inputs).images(Part.TRAINING).size());
    }

    /** The last ones. */
    @Override
    public Optional<int[]> heldOut(Inputs inputs) {
        if (validation.isEmpty()) {
            return Optional.empty();
        }
        int all = images(inputs).size();
        return Optional.of(IntStream.range(all - validation(inputs).size(), all).toArray());
    }
}
