package org.obverse.engine.unit;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;

/** What a model is trained on. */
public interface Lessons {
    List<Input<?>> inputs();

    /** What distinguishes it from other trainings on the same inputs. */
    String identity();

    Images images(Inputs inputs);

    /** Which of the images are held out, where the training holds any out; empty if it draws them. */
    default Optional<int[]> heldOut(Inputs inputs) {
        return Optional.empty();
    }

    /** What the trained network is tried on; empty if on nothing. */
    default List<Exam> exam(Inputs inputs) {
        return List.of();
    }

    /** A part of a data set, at a network's input size. */
    static Lessons of(Input<MeasuredData> data, Part part, Shape input) {
        return new WholePart(data, part, input);
    }

    /**
     * Images that the network has not seen.
     *
     * @param origin what its weights say of the data from then on
     */
    record Exam(Images images, Map<String, String> origin) {}

    /** A part of a data set. */
    record WholePart(Input<MeasuredData> data, Part part, Shape input) implements Lessons {
        @Override
        public List<Input<?>> inputs() {
            return List.of(data);
        }

        @Override
        public String identity() {
            return part.toString();
        }

        @Override
        public Images images(Inputs inputs) {
            return inputs.get(data).images().images(part, input);
        }

        /** Who judges is tried on the test images. */
        @Override
        public List<Exam> exam(Inputs inputs) {
            DataImages images = inputs.get(data).images();
            if (part != Part.POOL || !images.plain().parts().contains(Part.TEST)) {
                return List.of();
            }
            Map<String, String> origin =
                    Map.of(Network.TEST_IMAGES, inputs.get(data).testImages());
            return List.of(new Exam(images.images(Part.TEST, input), origin));
        }
    }
}
