package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.obverse.api.data.Part;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Finished;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.testkit.bench.Bench;

/** Rules for classifiers. */
final class ClassifierRules {
    private static final int IMAGES = 3;
    private static final float TOLERANCE = 1e-4f;

    private ClassifierRules() {}

    static List<Rule<ClassifierArchitecture>> rules() {
        return List.of(
                Rule.must(
                        "taps-have-their-shapes",
                        "Every declared tap is returned with its shape, the penultimate one has one axis (a finished network"
                                + " may have no taps), and logits are [N, classes].",
                        "Classifier.taps and Activations",
                        subject -> with(
                                subject,
                                subject.chosen().configuration() instanceof Finished
                                        ? ClassifierRules::tapsHaveTheirShapes
                                        : ClassifierRules::tapsArePenultimateToo)),
                Rule.must(
                        "evaluation-does-not-depend-on-recording",
                        "Evaluation gives the same answers with and without gradients, and changes no tensor.",
                        "running statistics, dropout and caches",
                        subject -> with(subject, ClassifierRules::evaluationDoesNotDependOnRecording)),
                Rule.must(
                        "samples-are-judged-alone",
                        "In evaluation mode the answer for an image does not depend on those beside it.",
                        "batch statistics",
                        subject -> with(subject, ClassifierRules::samplesAreJudgedAlone)),
                Rule.must(
                        "gradients-reach-images-and-weights",
                        "The gradient of a logit reaches the images, and in training every weight.",
                        "values read to Java and back; weights that no pass uses",
                        subject -> with(subject, ClassifierRules::gradientsReachImagesAndWeights)),
                Rule.must(
                        "told-weights-give-the-gradients-of-samples",
                        "What layers tell of how they use a weight gives the norm of each sample's gradient with respect to"
                                + " it.",
                        "Pass.tell: input and output of the layer itself, and arrays that stay open",
                        subject -> with(subject, WeightUses::giveTheGradientsOfSamples)),
                Open.rule(ClassifierRules::nothingIsLeftOpen));
    }

    /** The network that all rules look at. */
    private record Built(Classifier classifier) {}

    private interface Look {
        void at(Classifier classifier, NDArray images, Bench bench);
    }

    private static Classifier built(Subject<ClassifierArchitecture> subject) {
        return subject.once(Built.class, () -> new Built(build(subject, subject.chosen(), subject.manager())))
                .classifier();
    }

    private static void with(Subject<ClassifierArchitecture> subject, Look look) {
        Classifier classifier = built(subject);
        try (NDManager manager = subject.bench().torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            look.at(classifier, images(subject.bench(), manager, classifier.input()), subject.bench());
        }
    }

    private static Classifier build(
            Subject<ClassifierArchitecture> subject,
            PlannedComponent<ClassifierArchitecture> chosen,
            NDManager manager) {
        Bench bench = subject.bench();
        return chosen.create(bench.resources(chosen.plugin(), manager))
                .build(input(subject), bench.data().classes(), Bench.fresh(manager));
    }

    /** The bench's images, at the size that the author's notes ask for. */
    private static Shape input(Subject<?> subject) {
        int size = subject.entry().pixels();
        Shape image = subject.bench().image();
        return size == 0 ? image : new Shape(image.get(0), size, size);
    }

    private static NDArray images(Bench bench, NDManager manager, Shape input) {
        int[] rows = IntStream.range(0, IMAGES)
                .map(i -> i * bench.data().images(Part.TRAINING).size() / IMAGES)
                .toArray();
        NDArray images = bench.data().images(Part.TRAINING).read(manager, rows);
        return input.dimension() != 3
                ? images
                : Resampling.of(images.getShape())
                        .resize((int) input.get(1), (int) input.get(2))
                        .apply(images);
    }

    /** Tensors and answers in both modes. */
    static String seen(Subject<ClassifierArchitecture> subject, PlannedComponent<ClassifierArchitecture> chosen) {
        try (NDManager manager = subject.bench().torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            Classifier classifier = build(subject, chosen, manager);
            NDArray images = images(subject.bench(), manager, classifier.input());
            Activations evaluated = classifier.forward(images, Pass.evaluation(Bench.stream("pass")));
            Fingerprint seen = new Fingerprint()
                    .arrays(classifier.parameters().all())
                    .array(evaluated.logits())
                    .arrays(evaluated.taps());
            return seen.array(classifier
                            .forward(images, Pass.training(Bench.stream("pass")))
                            .logits())
                    .arrays(classifier.parameters().all())
                    .end();
        }
    }

    private static void tapsHaveTheirShapes(Classifier classifier, NDArray images, Bench bench) {
        Map<String, Shape> declared = classifier.taps().stream().collect(Collectors.toMap(Tap::name, Tap::shape));
        for (Pass pass : List.of(Pass.evaluation(Bench.stream("pass")), Pass.training(Bench.stream("pass")))) {
            Activations answers = classifier.forward(images, pass);
            unless(
                    answers.logits().getShape().equals(new Shape(IMAGES, classifier.classes())),
                    "logits of %d images have shape %s",
                    IMAGES,
                    answers.logits().getShape());
            unless(
                    answers.taps().keySet().equals(declared.keySet()),
                    "it declares %s and returns %s",
                    new TreeSet<>(declared.keySet()),
                    new TreeSet<>(answers.taps().keySet()));
            declared.forEach((name, shape) -> unless(
                    answers.tap(name).getShape().slice(1).equals(shape),
                    "the tap '%s' has shape %s, not [N, ...%s]",
                    name,
                    answers.tap(name).getShape(),
                    shape));
        }
        unless(
                declared.isEmpty() || penultimate(classifier).dimension() == 1,
                "there is no penultimate tap of one axis");
    }

    private static void tapsArePenultimateToo(Classifier classifier, NDArray images, Bench bench) {
        unless(penultimate(classifier).dimension() == 1, "there is no penultimate tap of one axis");
        tapsHaveTheirShapes(classifier, images, bench);
    }

    private static Shape penultimate(Classifier classifier) {
        return classifier.taps().stream()
                .filter(tap -> tap.name().equals(Tap.PENULTIMATE))
                .findFirst()
                .map(Tap::shape)
                .orElse(new Shape());
    }

    private static void evaluationDoesNotDependOnRecording(Classifier classifier, NDArray images, Bench bench) {
        String before = new Fingerprint().arrays(classifier.parameters().all()).end();
        NDArray plain = classifier
                .forward(images, Pass.evaluation(Bench.stream("pass")))
                .logits();
        NDArray recorded;
        try (Gradients.Recording recording = bench.torch().gradients().recording()) {
            NDArray variable = bench.torch().gradients().variable(images);
            recorded = classifier
                    .forward(variable, Pass.evaluation(Bench.stream("pass")))
                    .logits();
        }
        float gap = gap(plain, recorded);
        unless(gap <= TOLERANCE, "with gradients the logits differ by %.2g", gap);
        unless(
                before.equals(
                        new Fingerprint().arrays(classifier.parameters().all()).end()),
                "a pass in evaluation mode changed a tensor");
    }

    /** The largest difference, as a share of the largest value where that exceeds 1. */
    private static float gap(NDArray one, NDArray other) {
        return one.sub(other).abs().max().getFloat()
                / Math.max(1, one.abs().max().getFloat());
    }

    private static void samplesAreJudgedAlone(Classifier classifier, NDArray images, Bench bench) {
        NDArray together = classifier
                .forward(images, Pass.evaluation(Bench.stream("pass")))
                .logits();
        NDArray alone = classifier
                .forward(images.get("0:1"), Pass.evaluation(Bench.stream("pass")))
                .logits();
        float gap = gap(together.get("0:1"), alone);
        unless(gap <= TOLERANCE, "alone its logits differ by %.2g", gap);
    }

    private static void gradientsReachImagesAndWeights(Classifier classifier, NDArray images, Bench bench) {
        Gradients gradients = bench.torch().gradients();
        try (Gradients.Recording recording = gradients.recording()) {
            NDArray variable = gradients.variable(images);
            NDArray logits = classifier
                    .forward(variable, Pass.evaluation(Bench.stream("pass")))
                    .logits();
            NDArray slope =
                    gradients.of(logits.get(":, 0").sum(), new NDList(variable)).head();
            unless(slope.abs().max().getFloat() > 0, "the images have no gradient");
        }
        classifier.parameters().requireGradients(Parameters.Requirement.TRAINABLE);
        try (Gradients.Recording recording = gradients.recording()) {
            Activations answers = classifier.forward(images, Pass.training(Bench.stream("pass")));
            NDArray loss = answers.logits().logSoftmax(1).get(":, 0").sum();
            for (NDArray tap : answers.taps().values()) {
                loss = loss.add(tap.sum());
            }
            Set<String> names = classifier.parameters().trainable().keySet();
            NDList slopes = gradients.of(loss, classifier.parameters().trainableList());
            TreeSet<String> idle = new TreeSet<>();
            int i = 0;
            for (String name : names) {
                NDArray slope = slopes.get(i++);
                if (!(slope.abs().max().getFloat() > 0)) {
                    idle.add(name);
                }
            }
            unless(idle.isEmpty(), "weights without a gradient: %s", idle);
        } finally {
            classifier.parameters().requireGradients(Parameters.Requirement.NONE);
        }
    }

    private static void nothingIsLeftOpen(Subject<ClassifierArchitecture> subject) throws Exception {
        Classifier classifier = built(subject);
        try (NDManager manager = subject.bench().torch().manager().newSubManager()) {
            Open.staysAfter(subject.bench(), subject.manager(), () -> {
                NDArray images = images(subject.bench(), manager, classifier.input());
                classifier.forward(images, Pass.evaluation(Bench.stream("pass")));
                classifier.forward(images, Pass.training(Bench.stream("pass")));
            });
        }
    }
}
