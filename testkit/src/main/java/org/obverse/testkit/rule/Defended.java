package org.obverse.testkit.rule;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.defense.Defense;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.defense.Taught;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pass;
import org.obverse.api.training.TrainingDivergedException;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.training.ClassifierTrainer;
import org.obverse.engine.training.ClassifierTrainer.EpochFigures;
import org.obverse.engine.training.Composition;
import org.obverse.engine.training.EpochStore;
import org.obverse.testkit.bench.Bench;

/** A defense at work: the bench's network is trained on the bench's data under it. */
final class Defended {
    private static final int BATCH = 16;
    private static final int SHOWN = 6;

    /** What a configuration may call a teacher that takes every class for the next; any other knows every class. */
    private static final String MISTAKEN = "mistaken";

    private final Bench bench;
    private final List<DefensePart> parts;
    private final Classifier teacher;
    private Optional<Batch> batch = Optional.empty();

    Defended(Subject<Defense> subject, PlannedComponent<Defense> chosen) {
        this(subject, chosen, subject.bench().manager());
    }

    /**
     * @param own manager of the defense
     */
    Defended(Subject<Defense> subject, PlannedComponent<Defense> chosen, NDManager own) {
        this.bench = subject.bench();
        this.parts = chosen.create(bench.resources(chosen.plugin(), own)).parts();
        boolean isMistaken = chosen.configuration() instanceof Taught taught
                && taught.teacher().equals(MISTAKEN);
        this.teacher = isMistaken ? bench.mistaken() : bench.target();
    }

    /** What loss terms are given. */
    record Batch(NDArray images, Activations activations, NDArray targets, NDArray labels) {
        Batch rows(String rows) {
            Map<String, NDArray> taps = new LinkedHashMap<>();
            activations.taps().forEach((name, tap) -> taps.put(name, tap.get(rows)));
            return new Batch(
                    images.get(rows),
                    new Activations(activations.logits().get(rows), taps),
                    targets.get(rows),
                    labels.get(rows));
        }
    }

    /** Trains as the author wants it tried; the result is the same for all rules. */
    static void usual(Subject<Defense> subject) {
        new Defended(subject, subject.chosen()).trainedFinitely();
    }

    static String seen(Subject<Defense> subject, PlannedComponent<Defense> chosen) {
        return new Defended(subject, chosen).seen();
    }

    /** What training under the whole defense comes to. */
    String seen() {
        try {
            return trained(parts);
        } catch (TrainingDivergedException e) {
            throw diverging();
        }
    }

    private static NotTried diverging() {
        return new NotTried("training diverges; see the rule training-stays-finite");
    }

    List<DefensePart> parts() {
        return parts;
    }

    Batch batch() {
        return batch.orElseThrow(() -> new IllegalStateException("forward comes first"));
    }

    /** One pass in training mode over some training images, with fresh weights. */
    void forward(NDManager manager) {
        Classifier classifier = build(manager, parts);
        Images images = bench.data().images(Part.TRAINING);
        int[] rows =
                IntStream.range(0, SHOWN).map(i -> i * images.size() / SHOWN).toArray();
        NDArray read = images.read(manager, rows);
        NDArray labels =
                manager.create(IntStream.of(rows).mapToLong(images::label).toArray());
        NDArray targets = parts.stream()
                .filter(LabelEncoder.class::isInstance)
                .map(LabelEncoder.class::cast)
                .findFirst()
                .map(encoder -> encoder.encode(labels, bench.data().classes(), new Epoch(0, 1)))
                .orElseGet(() -> labels.oneHot(bench.data().classes()));
        Activations activations = classifier.forward(read, Pass.training(Bench.stream("pass")));
        batch = Optional.of(new Batch(read, activations, targets, labels));
    }

    private Classifier build(NDManager manager, List<DefensePart> used) {
        return architecture(used).build(bench.image(), bench.data().classes(), Bench.fresh(manager));
    }

    private ClassifierArchitecture architecture(List<DefensePart> used) {
        return new Composition(used, 0).transform(bench.network());
    }

    /** What each epoch came to, tensors after training, and answers with and without the output filters. */
    String trained(List<DefensePart> used) {
        return trained(used, Course.whole(bench), EpochStore.NONE);
    }

    /** The same by a training that is cancelled in its second epoch, and one that goes on from what was kept of it. */
    String seenAfterAPause() {
        KeptEpoch kept = new KeptEpoch();
        int batches = new Composition(parts, 0)
                .batches(bench.data().images(Part.TRAINING).size(), BATCH);
        Course cancelled = Course.cancelledAfter(bench, batches);
        try {
            trained(parts, cancelled, kept);
        } catch (Course.Cancelled e) {
            if (!cancelled.wasEndedBy(e)) {
                throw e;
            }
        } catch (TrainingDivergedException e) {
            throw diverging();
        }
        return trained(parts, Course.whole(bench), kept);
    }

    /** Names of the weights that one epoch changes though the learning rate is 0. */
    List<String> changedAtRest() {
        try (NDManager manager = bench.torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            Classifier classifier = build(manager, parts);
            Map<String, String> before = weights(classifier);
            train(classifier, parts, recipe(0, 1), Course.whole(bench), EpochStore.NONE);
            return weights(classifier).entrySet().stream()
                    .filter(after -> !after.getValue().equals(before.get(after.getKey())))
                    .map(Map.Entry::getKey)
                    .toList();
        } catch (TrainingDivergedException e) {
            throw diverging();
        }
    }

    private static Map<String, String> weights(Classifier classifier) {
        Map<String, String> weights = new LinkedHashMap<>();
        classifier
                .parameters()
                .trainable()
                .forEach((name, weight) ->
                        weights.put(name, new Fingerprint().array(weight).end()));
        return weights;
    }

    private String trained(List<DefensePart> used, Course course, EpochStore store) {
        try (NDManager manager = bench.torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            Classifier classifier = build(manager, used);
            List<EpochFigures> history = train(classifier, used, usual(), course, store);
            Images images = bench.data().images(Part.TEST);
            NDArray shown =
                    images.read(manager, IntStream.range(0, images.size()).toArray());
            NDArray logits = classifier
                    .forward(shown, Pass.evaluation(Bench.stream("pass")))
                    .logits();
            Fingerprint seen = new Fingerprint()
                    .text(history)
                    .arrays(classifier.parameters().all())
                    .array(logits);
            for (DefensePart part : used) {
                if (part instanceof OutputFilter filter) {
                    seen.text(filter.limit()).array(filter.filter(logits, Bench.stream("filter")));
                }
            }
            return seen.end();
        }
    }

    private void trainedFinitely() {
        try (NDManager manager = bench.torch().manager().newSubManager();
                NDScope scope = new NDScope()) {
            Classifier classifier = build(manager, parts);
            train(classifier, parts, usual(), Course.whole(bench), EpochStore.NONE);
            classifier
                    .parameters()
                    .all()
                    .forEach((name, tensor) -> BrokenRule.unless(
                            Float.isFinite(tensor.sum().getFloat()), "the tensor '%s' is not finite", name));
        }
    }

    private List<EpochFigures> train(
            Classifier classifier, List<DefensePart> used, TrainingRecipe recipe, Course course, EpochStore store) {
        return new ClassifierTrainer(bench.torch())
                .train(
                        classifier,
                        bench.data().images(Part.TRAINING),
                        recipe,
                        new Composition(used, 0).builtBy(architecture(used)).taughtBy(teacher, Bench.stream("teacher")),
                        course,
                        store);
    }

    private TrainingRecipe usual() {
        return recipe(1e-2, bench.layout().epochs());
    }

    private static TrainingRecipe recipe(double learningRate, int epochs) {
        TrainingRecipe usual = TrainingRecipe.DEFAULT;
        return new TrainingRecipe(
                usual.optimizer(),
                learningRate,
                usual.beta1(),
                usual.beta2(),
                usual.momentum(),
                usual.weightDecay(),
                epochs,
                BATCH,
                usual.decay(),
                usual.milestones(),
                usual.finalLearningRate(),
                0,
                usual.augmentation());
    }
}
