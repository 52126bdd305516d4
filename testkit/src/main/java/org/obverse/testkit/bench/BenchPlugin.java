package org.obverse.testkit.bench;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.LatentPoints;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Stage;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;
import org.obverse.api.random.RandomStream;

/** The bench's own parts as components, so that an author's notes can name them in the place of others. */
public final class BenchPlugin implements Plugin {
    static final String DATA = "bench-swatches";
    static final String PROTOTYPES = "bench-prototypes";
    static final String NETWORK = "bench-network";
    static final String GENERATOR = "bench-generator";
    static final String PRIOR = "bench-prior";

    /** Draws from the generator's prior, in a stage to which a plan may add others. */
    public static final String ATTACK = "bench-attack";

    /** The size of the bench's images. */
    record Pixels(@Meaning("height and width of an image") int size) {}

    /** How much the bench's sampler returns. */
    record Start(@Meaning("per class") int candidates) {}

    /** No key. */
    record Nothing() {}

    @Override
    public String id() {
        return "bench";
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.DATASET,
                        DATA,
                        "Four classes of smooth patterns.",
                        new Pixels(32),
                        (pixels, resources) -> new Swatches(
                                new Shape(3, pixels.size(), pixels.size()), resources.random(), resources.manager())),
                new Component<>(
                        Kind.CLASSIFIER,
                        PROTOTYPES,
                        "Judges by the squared distance to the image of each class: a known optimum.",
                        new Nothing(),
                        (nothing, resources) -> new PrototypeArchitecture()),
                new Component<>(
                        Kind.CLASSIFIER,
                        NETWORK,
                        "Two layers of tanh under a linear head.",
                        new Nothing(),
                        (nothing, resources) -> new NetworkArchitecture()),
                new Component<>(
                        Kind.GENERATOR,
                        GENERATOR,
                        "Weighted sums of cosines, without weights to load.",
                        new Pixels(32),
                        (pixels, resources) -> new Cosines(new Shape(3, pixels.size(), pixels.size()))),
                new Component<>(
                        Kind.SAMPLER,
                        PRIOR,
                        "Draws from the generator's prior.",
                        new Start(2),
                        start -> Requirements.none().generator(Generator.class).candidates(start.candidates()),
                        (start, resources) -> (Sampler) context -> sample(start.candidates(), context)),
                new Component<>(
                        Kind.ATTACK,
                        ATTACK,
                        "Draws from the prior and keeps them.",
                        new Nothing(),
                        (nothing, resources) -> new Attack(Map.of(Stage.SAMPLE, Use.of(PRIOR)))));
    }

    private static Candidates sample(int perClass, StageContext context) {
        Generator generator = context.generator();
        List<Integer> classes = context.classes().stream()
                .flatMap(c -> Collections.nCopies(perClass, c).stream())
                .toList();
        int length = generator.latentSize();
        float[] z = new float[classes.size() * length];
        for (int i = 0; i < classes.size(); i++) {
            RandomStream stream =
                    context.random().child("class", classes.get(i)).child("candidate", i % perClass);
            System.arraycopy(stream.gaussians(length), 0, z, i * length, length);
        }
        return new Candidates(
                new LatentPoints(
                        generator, generator.locate(context.manager().create(z, new Shape(classes.size(), length)))),
                classes,
                Collections.nCopies(classes.size(), Double.NaN),
                List.of());
    }

    private record Cosines(Shape image) implements GeneratorArchitecture {
        @Override
        public String weights() {
            return "";
        }

        @Override
        public Generator build(Parameters parameters) {
            return new CosineGenerator(image, Swatches.CLASSES, parameters.manager());
        }
    }
}
