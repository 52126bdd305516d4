package org.obverse.plugins.classifiers;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.obverse.api.network.Head;
import org.obverse.networks.Namespace;

/**
 * What tells an architecture from the others.
 *
 * @param name of the component, for messages
 * @param least the smallest height and width of an image, in pixels
 * @param spare what the names of published tensors begin with that a network may lack: its head, which another can
 *     replace, and parts that are left out
 * @param own what the names of tensors of the body begin with that a published file may lack
 * @param current the name in the network of a tensor that a published file may call otherwise
 */
record Design(
        String name,
        int least,
        BodyPlan body,
        HeadPlan head,
        List<String> spare,
        List<String> own,
        UnaryOperator<String> current) {
    /** Makes a body for maps of a shape that has been checked. */
    interface BodyPlan {
        Body body(Shape input, Namespace root);
    }

    /** Makes the architecture's own head. */
    interface HeadPlan {
        Head head(Namespace root, int features, int classes);
    }

    /** Published under the network's own names. */
    Design(String name, int least, BodyPlan body, HeadPlan head, List<String> spare) {
        this(name, least, body, head, spare, List.of(), UnaryOperator.identity());
    }

    /** With a linear head of a name, and nothing else that a network may lack. */
    Design(String name, int least, BodyPlan body, LinearHead.Plan head) {
        this(name, least, body, head, List.of(head.name() + "."));
    }

    /**
     * The same with another body.
     *
     * @param without what the names of published tensors begin with that the other body lacks
     */
    Design withBody(BodyPlan other, List<String> without) {
        List<String> lacked = Stream.concat(spare.stream(), without.stream()).toList();
        return new Design(name, least, other, head, lacked, own, current);
    }

    /** Whether training starts without that tensor of the body where a published file has none. */
    boolean mayLack(String name) {
        return own.stream().anyMatch(name::startsWith);
    }
}
