package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.networks.Namespace;

/**
 * A body of dense blocks.
 *
 * @param chained names of stages whose layers each see only the one before
 */
record DenseBody(DenseNet network, Set<String> chained) implements Design.BodyPlan {
    /** In order. */
    List<String> stages() {
        return IntStream.rangeClosed(1, network.blocks().size())
                .mapToObj(number -> "stage" + number)
                .toList();
    }

    @Override
    public Body body(Shape input, Namespace root) {
        return network.body(input, root, chained);
    }
}
