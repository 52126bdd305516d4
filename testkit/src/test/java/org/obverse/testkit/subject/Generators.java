package org.obverse.testkit.subject;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;

/** One layer of tanh on four-dimensional latents. */
record Generators(Fault fault, double contrast) implements GeneratorArchitecture {
    private static final int LATENT_SIZE = 4;
    private static final Shape IMAGE = new Shape(3, 4, 4);

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST),
        IMAGES_OF_BYTES("images-have-their-shape-and-range"),
        BRIGHTNESS_OF_THE_BATCH("points-decide-their-image"),
        GRADIENT_OF_HALF("gradient-agrees-with-differences"),
        ANOTHER_SPACE("latent-spaces-are-obeyed");

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
        return new Subjects<>(
                Kind.GENERATOR,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> new Generators(fault, weight));
    }

    @Override
    public String weights() {
        return "";
    }

    @Override
    public Generator build(Parameters parameters) {
        return new Layer(
                fault, contrast, parameters.weight("layer", new Shape(LATENT_SIZE, IMAGE.size()), Initial.normal(1)));
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
