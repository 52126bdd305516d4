package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Criticized;
import org.obverse.api.generator.Generator;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.generator.Mapped;
import org.obverse.api.generator.Staged;
import org.obverse.api.generator.TrainableGenerator;
import org.obverse.api.generator.Truncation;
import org.obverse.api.network.Parameters;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.Bench;

/** Rules for generators. */
final class GeneratorRules {
    private static final int POINTS = 3;
    private static final float TOLERANCE = 1e-4f;
    private static final float FAR = 4;

    private GeneratorRules() {}

    static List<Rule<GeneratorArchitecture>> rules() {
        return List.of(
                Rule.must(
                        "images-have-their-shape-and-range",
                        "Images of draws from the prior have the declared shape and finite values, nominally in [-1, 1].",
                        "Generator.image, and what range the training data had",
                        subject -> with(subject, GeneratorRules::imagesHaveTheirShapeAndRange)),
                Rule.must(
                        "points-decide-their-image",
                        "A point has one image, whatever stands beside it in the batch.",
                        "noise drawn per call; batch statistics",
                        subject -> with(subject, GeneratorRules::pointsDecideTheirImage)),
                Rule.must(
                        "gradient-agrees-with-differences",
                        "The gradient of the images with respect to the points agrees with finite differences.",
                        "values read to Java and back; casts that cut the gradient (Operators.cast does not)",
                        subject -> with(subject, GeneratorRules::gradientAgreesWithDifferences)),
                Rule.must(
                        "latent-spaces-are-obeyed",
                        "Every facet returns points of the search space: locate, map with truncation, conditions, blocks.",
                        "Generator.searchSpace and the facets' own sizes",
                        subject -> with(subject, GeneratorRules::latentSpacesAreObeyed)),
                Checkpoints.rule(
                        "Training passes a checkpoint in every step and ends at once when it throws.",
                        "TrainingContext.checkpoint in the innermost loop; a catch that is too wide",
                        GeneratorRules::checkpointsAreObeyed),
                Open.rule(GeneratorRules::nothingIsLeftOpen));
    }

    private interface Look {
        void at(Generator generator, NDManager manager, Bench bench);
    }

    private static void with(Subject<GeneratorArchitecture> subject, Look look) {
        try (NDManager manager = subject.bench().torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            PlannedComponent<GeneratorArchitecture> chosen = subject.chosen();
            GeneratorArchitecture architecture = chosen.create(subject.bench().resources(chosen.plugin(), manager));
            look.at(build(subject, chosen, architecture, manager), manager, subject.bench());
        }
    }

    private static Generator build(
            Subject<?> subject, PlannedComponent<?> chosen, GeneratorArchitecture architecture, NDManager manager) {
        return architecture.build(
                architecture.weights().isEmpty()
                        ? Bench.fresh(manager)
                        : new Parameters(
                                manager,
                                subject.bench()
                                        .resources(chosen.plugin(), manager)
                                        .weights(architecture.weights())));
    }

    private static NDArray latents(Generator generator, NDManager manager) {
        float[] values = Bench.stream("latents").gaussians(POINTS * generator.latentSize());
        return manager.create(values, new Shape(POINTS, generator.latentSize()));
    }

    /** Images, and for one that trains what two rounds of it leave. */
    static String seen(Subject<GeneratorArchitecture> subject, PlannedComponent<GeneratorArchitecture> chosen) {
        try (NDManager manager = subject.bench().torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            GeneratorArchitecture architecture = chosen.create(subject.bench().resources(chosen.plugin(), manager));
            Fingerprint seen = new Fingerprint().text(architecture.weights());
            answers(build(subject, chosen, architecture, manager), manager).forEach(seen::array);
            trainable(architecture, subject.bench())
                    .ifPresent(trainable ->
                            seen.arrays(trained(trainable, subject.bench(), manager, Course.whole(subject.bench()))
                                    .all()));
            return seen.end();
        }
    }

    private static NDList answers(Generator generator, NDManager manager) {
        NDArray z = latents(generator, manager);
        NDList answers = new NDList(generator.generate(generator.locate(z)));
        if (generator instanceof Mapped mapped) {
            answers.add(mapped.map(z, new Truncation(0.5, 1)));
        }
        if (generator instanceof Criticized criticized) {
            answers.add(criticized.realness(generator.generate(generator.locate(z))));
        }
        return answers;
    }

    /** Nothing if there is nothing to train, or nothing to train from. */
    private static Optional<TrainableGenerator> trainable(GeneratorArchitecture architecture, Bench bench) {
        boolean trains =
                architecture.weights().isEmpty() && bench.data().parts().contains(Part.PUBLIC);
        return trains && architecture instanceof TrainableGenerator trainable
                ? Optional.of(trainable)
                : Optional.empty();
    }

    private static Parameters trained(TrainableGenerator trainable, Bench bench, NDManager manager, Course course) {
        Parameters tensors = Bench.fresh(manager);
        trainable.train(tensors, bench.data().images(Part.PUBLIC), course);
        return tensors;
    }

    private static void checkpointsAreObeyed(Subject<GeneratorArchitecture> subject) {
        Course usual = Course.whole(subject.bench());
        train(subject, usual);
        Checkpoints.obeyed(
                usual,
                patience -> Checkpoints.Attempt.of(
                        Course.cancelledAfter(subject.bench(), patience), course -> train(subject, course)));
    }

    private static void train(Subject<GeneratorArchitecture> subject, Course course) {
        PlannedComponent<GeneratorArchitecture> chosen = subject.chosen();
        try (NDManager manager = subject.bench().torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            GeneratorArchitecture architecture = chosen.create(subject.bench().resources(chosen.plugin(), manager));
            TrainableGenerator trainable = trainable(architecture, subject.bench())
                    .orElseThrow(() -> new BesideThePoint("it trains nothing from public images"));
            trained(trainable, subject.bench(), manager, course);
        }
    }

    private static void nothingIsLeftOpen(Subject<GeneratorArchitecture> subject) throws Exception {
        PlannedComponent<GeneratorArchitecture> chosen = subject.chosen();
        Bench bench = subject.bench();
        try (NDManager own = bench.torch().manager().newSubManager()) {
            GeneratorArchitecture architecture = chosen.create(bench.resources(chosen.plugin(), own));
            Generator generator = build(subject, chosen, architecture, own);
            Open.staysAfter(bench, own, () -> {
                try (NDManager manager = bench.torch().manager().newSubManager()) {
                    answers(generator, manager);
                    Course course = Course.whole(bench, own, manager, bench.manager());
                    trainable(architecture, bench).ifPresent(one -> trained(one, bench, manager, course));
                    course.requireSteadyArrays();
                }
            });
        }
    }

    private static void imagesHaveTheirShapeAndRange(Generator generator, NDManager manager, Bench bench) {
        NDArray images = generator.generate(generator.locate(latents(generator, manager)));
        unless(
                images.getShape().equals(new Shape(POINTS).addAll(generator.image())),
                "%d points have images of shape %s",
                POINTS,
                images.getShape());
        float most = images.abs().max().getFloat();
        unless(most <= FAR, "the largest value is %f", most);
    }

    private static void pointsDecideTheirImage(Generator generator, NDManager manager, Bench bench) {
        NDArray points = generator.locate(latents(generator, manager));
        NDArray together = generator.generate(points);
        NDArray alone = generator.generate(points.get("1:2"));
        float gap = together.get("1:2").sub(alone).abs().max().getFloat();
        unless(gap <= TOLERANCE, "alone its image differs by %.2g", gap);
        unless(together.contentEquals(generator.generate(points)), "the same points have another image the next time");
    }

    /** Along one random direction, so that float32 has enough signal. */
    private static void gradientAgreesWithDifferences(Generator generator, NDManager manager, Bench bench) {
        Gradients gradients = bench.torch().gradients();
        NDArray points = generator.locate(latents(generator, manager)).get("0:1");
        NDArray direction = manager.create(Bench.stream("direction").gaussians((int) points.size()), points.getShape());
        NDArray weights = manager.create(
                Bench.stream("weights").gaussians((int) generator.image().size()),
                new Shape(1).addAll(generator.image()));
        double slope;
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(points);
            NDArray scalar = generator.generate(variable).mul(weights).sum();
            slope = gradients
                    .of(scalar, new NDList(variable))
                    .head()
                    .mul(direction)
                    .sum()
                    .getFloat();
        }
        double best = Double.POSITIVE_INFINITY;
        double scale = Math.abs(slope);
        for (double h : new double[] {3e-2, 1e-2, 3e-3, 1e-3}) {
            double up = generator
                    .generate(points.add(direction.mul(h)))
                    .mul(weights)
                    .sum()
                    .getFloat();
            double down = generator
                    .generate(points.sub(direction.mul(h)))
                    .mul(weights)
                    .sum()
                    .getFloat();
            double difference = (up - down) / (2 * h);
            scale = Math.max(scale, Math.abs(difference));
            best = Math.min(best, Math.abs(difference - slope));
        }
        unless(scale > 0, "the images do not change with the point");
        unless(
                best <= 0.03 * scale,
                "the gradient is %.5g, and the nearest finite difference is %.2g off",
                slope,
                best);
    }

    private static void latentSpacesAreObeyed(Generator generator, NDManager manager, Bench bench) {
        NDArray z = latents(generator, manager);
        Shape space = new Shape(POINTS).addAll(generator.searchSpace());
        Map<String, NDArray> points = new LinkedHashMap<>();
        points.put("locate", generator.locate(z));
        if (generator instanceof Mapped mapped) {
            Shape declared = new Shape(mapped.rows(), mapped.styleSize());
            unless(
                    generator.searchSpace().equals(declared),
                    "the search space %s is not [rows, styleSize] = %s",
                    generator.searchSpace(),
                    declared);
            points.put("map", mapped.map(z, Truncation.NONE));
            NDArray truncated = mapped.map(z, new Truncation(0, mapped.rows()));
            unless(
                    truncated.sub(truncated.get("0:1")).abs().max().getFloat() <= TOLERANCE,
                    "with psi 0 all points should be the average");
            NDArray one = points.get("map").get(":, 0:1");
            unless(
                    mapped.generate(one)
                            .getShape()
                            .equals(mapped.generate(one.repeat(1, mapped.rows()))
                                    .getShape()),
                    "one row for all has another image shape");
        }
        if (generator instanceof Conditional conditional) {
            points.put("locate with a condition", conditional.locate(z, new int[] {0, conditional.conditions() - 1, 0
            }));
        }
        points.forEach((how, located) ->
                unless(located.getShape().equals(space), "%s gives shape %s, not %s", how, located.getShape(), space));
        if (generator instanceof Staged staged) {
            NDList features = new NDList();
            for (int block = 0; block < staged.blocks(); block++) {
                features = staged.run(block, features, points.get("locate"));
            }
            float gap = features.get(features.size() - 1)
                    .sub(generator.generate(points.get("locate")))
                    .abs()
                    .max()
                    .getFloat();
            unless(gap <= TOLERANCE, "block by block the image differs by %.2g", gap);
        }
    }
}
