package org.obverse.engine.unit;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.data.Part;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.engine.plan.PlannedComponent;

/**
 * A classifier as a plan names it.
 *
 * @param slot {@code target}, {@code evaluation} or {@code reference}
 * @param role whose stream it draws from: the slot's, but that each reference model has one of its own
 * @param key where the plan writes it, such as {@code targets.hard}
 * @param architecture as defenses changed it
 * @param input the shape of one image
 * @param outputs the number of logits
 * @param part what it is trained on
 * @param order the labels of the data in the order of the network's outputs; empty if that is the data's own
 * @param seed of its training
 */
public record ModelUse(
        String slot,
        String role,
        String key,
        PlannedComponent<ClassifierArchitecture> chosen,
        ClassifierArchitecture architecture,
        Shape input,
        int outputs,
        Part part,
        List<Integer> order,
        long seed) {
    /** The same network, in another role. */
    public ModelUse as(String otherSlot, String otherRole) {
        return new ModelUse(otherSlot, otherRole, key, chosen, architecture, input, outputs, part, order, seed);
    }

    Classifier build(Parameters tensors) {
        Classifier built = architecture.build(input, outputs, tensors);
        return order.isEmpty() ? built : new InDataOrder(built, order, tensors.manager());
    }
}
