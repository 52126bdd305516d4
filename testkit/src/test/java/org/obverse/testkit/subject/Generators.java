package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.training.TrainingContext;

/** One layer of tanh on four-dimensional latents, which learns how bright public images are. */
record Generators(Fault fault, double contrast, List<Object> kept) implements TrainableGenerator {
    private static final int LATENT_SIZE = 4;
    private static final int STEPS = 4;
    private static final Shape IMAGE = new Shape(3, 4, 4);

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        IMAGES_OF_BYTES("images-have-their-shape-and-range"),
        BRIGHTNESS_OF_THE_BATCH("points-decide-their-image"),
        GRADIENT_OF_HALF("gradient-agrees-with-differences"),
        ANOTHER_SPACE("latent-spaces-are-obeyed"),
        NEVER_LOOKS_UP("checkpoints-are-obeyed"),
        CATCHES_TOO_MUCH("checkpoints-are-obeyed-2"),
        LEAKS_PER_IMAGE("nothing-is-left-open"),
        STARTS_A_THREAD("nothing-is-left-open-2");

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, GeneratorArchitecture> subjects() {
        List<Object> kept = new ArrayList<>();
        return new Subjects<>(
                Kind.GENERATOR,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> new Generators(fault, weight, kept));
    }

    @Override
    public String weights() {
        return "";
    }

    @Override
    public Generator build(Parameters parameters) {
        return new Layer(fault, contrast, layer(parameters));
    }

    private static NDArray layer(Parameters parameters) {
        return parameters.weight("layer", new Shape(LATENT_SIZE, IMAGE.size()), Initial.normal(1));
    }

    @Override
    public void train(Parameters parameters, Images images, TrainingContext context) {
        if (fault == Fault.STARTS_A_THREAD) {
            kept.add(Cleaner.create());
        }
        NDArray layer = layer(parameters);
        for (int step = 0; step < STEPS; step++) {
            lookUp(context);
            try (NDScope scope = new NDScope()) {
                layer.addi(images.read(parameters.manager(), step).mean().mul(0.1));
            }
            context.progress(step + 1L, STEPS, Map.of());
        }
    }

    private void lookUp(TrainingContext context) {
        if (fault == Fault.NEVER_LOOKS_UP) {
            return;
        }
        try {
            context.checkpoint();
        } catch (RuntimeException e) {
            if (fault != Fault.CATCHES_TOO_MUCH) {
                throw e;
            }
        }
    }

    private record Layer(Fault fault, double contrast, NDArray weight) implements Generator {
        @Override
        public int latentSize() {
            return LATENT_SIZE;
        }

        @Override
        public Shape image() {
            return IMAGE;
        }

        @Override
        public Shape searchSpace() {
            return new Shape(fault == Fault.ANOTHER_SPACE ? LATENT_SIZE + 1 : LATENT_SIZE);
        }

        @Override
        public NDArray locate(NDArray z) {
            return z.duplicate();
        }

        @Override
        public NDArray generate(NDArray points) {
            if (fault == Fault.LEAKS_PER_IMAGE) {
                NDScope.unregister(weight.getManager().create(1f));
            }
            NDArray images = seen(points).matMul(weight).mul(contrast).tanh().reshape(new Shape(-1).addAll(IMAGE));
            return switch (fault) {
                case IMAGES_OF_BYTES -> images.add(1).mul(127.5);
                case BRIGHTNESS_OF_THE_BATCH -> images.add(images.mean());
                default -> images;
            };
        }

        private NDArray seen(NDArray points) {
            if (fault != Fault.GRADIENT_OF_HALF) {
                return points;
            }
            NDArray detached = points.getManager().create(points.toFloatArray(), points.getShape());
            return points.add(detached).mul(0.5);
        }
    }
}
