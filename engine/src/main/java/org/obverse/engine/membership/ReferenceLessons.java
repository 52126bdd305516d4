package org.obverse.engine.membership;

import java.util.List;
import org.obverse.api.data.Images;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.unit.Lessons;

/** What an attacker's reference model is trained on. */
public record ReferenceLessons(Input<MeasuredData> data, ReferencePart part) implements Lessons {
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
        return part.images(inputs.get(data).images().plain());
    }
}
