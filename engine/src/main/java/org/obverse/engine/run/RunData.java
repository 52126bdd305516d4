package org.obverse.engine.run;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.FileBased;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.engine.plan.EvaluationPlan;

/** A run's data set, and its images at the sizes in which networks see them. */
final class RunData {
    private final RunParts parts;
    private final Dataset plain;
    private final Map<Long, Dataset> resized = new ConcurrentHashMap<>();

    RunData(RunParts parts, Dataset plain) {
        this.parts = parts;
        this.plain = plain;
    }

    /** At its own size, which is the target's. */
    Dataset plain() {
        return plain;
    }

    /** Asks the data set something that may fail. */
    <T> T asked(Function<Dataset, T> question) {
        return parts.asked("data", parts.plan().data(), parts.plan().data().subject(), () -> question.apply(plain));
    }

    /** Which files the images come from. */
    DataManifest manifest() {
        return asked(DataManifest::of);
    }

    /** The shape of an evaluation model's images. */
    Shape input(EvaluationPlan model) {
        Shape own = plain.shape();
        return model.pixels() == 0 ? own : new Shape(own.get(0), model.pixels(), model.pixels());
    }

    /** The number of an evaluation model's outputs. */
    int outputs(EvaluationPlan model) {
        return model.classes() == 0 ? plain.classes() : model.classes();
    }

    /**
     * Images as a network sees them: those that come from files are made from them at its size.
     *
     * @param input of the network
     */
    Images images(Part part, Shape input) {
        return ResizedImages.of(sized(input).images(part), input);
    }

    private Dataset sized(Shape input) {
        boolean other = input.dimension() == 3 && !input.equals(plain.shape()) && input.get(1) == input.get(2);
        return other && plain instanceof FileBased files
                ? resized.computeIfAbsent(input.get(1), side -> asked(data -> files.resized(Math.toIntExact(side))))
                : plain;
    }
}
