package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.obverse.api.defense.CheckpointPolicy;
import org.obverse.api.defense.Companion;
import org.obverse.api.defense.DataTransform;
import org.obverse.api.defense.DefensePart;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.defense.LabelEncoder;
import org.obverse.api.defense.LossTerm;
import org.obverse.api.defense.ModelTransform;
import org.obverse.api.defense.ParameterPolicy;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.torch.TorchRuntime;

/** The parts of all defenses of a plan, by what they do. */
public final class Composition {
    private final List<DefensePart> parts;
    private final double smoothing;
    private final Optional<Teacher> teacher;
    private final Optional<ClassifierArchitecture> builder;
    private final Optional<NDArray> answers;
    private final Optional<int[]> held;

    private record Teacher(Classifier classifier, RandomStream noise) {
        NDArray logits(NDArray images) {
            return classifier.forward(images, Pass.evaluation(noise)).logits().stopGradient();
        }
    }

    /**
     * @param parts in the order of the plan; at most one label encoder, gradient policy and checkpoint policy
     * @param smoothing of the labels where no encoder is given: the weight of the uniform distribution
     */
    public Composition(List<DefensePart> parts, double smoothing) {
        this(parts, smoothing, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Composition(
            List<DefensePart> parts,
            double smoothing,
            Optional<Teacher> teacher,
            Optional<ClassifierArchitecture> builder,
            Optional<NDArray> answers,
            Optional<int[]> held) {
        this.parts = List.copyOf(parts);
        this.smoothing = smoothing;
        this.teacher = teacher;
        this.builder = builder;
        this.answers = answers;
        this.held = held;
    }

    /**
     * The same, with the network that a {@link TeacherLoss} compares with.
     *
     * @param noise for networks that are random at inference
     */
    public Composition taughtBy(Classifier other, RandomStream noise) {
        return new Composition(parts, smoothing, Optional.of(new Teacher(other, noise)), builder, answers, held);
    }

    /** The same, with the samples that are held out of the training, where a policy holds any out, instead of drawn ones. */
    public Composition holdingOut(int... rows) {
        return new Composition(parts, smoothing, teacher, builder, answers, Optional.of(rows.clone()));
    }

    /**
     * The same, with the architecture by which a {@link Companion} builds networks of its own.
     *
     * @param transformed what {@link #transform} returned
     */
    public Composition builtBy(ClassifierArchitecture transformed) {
        return new Composition(parts, smoothing, teacher, Optional.of(Accompanied.alone(transformed)), answers, held);
    }

    /**
     * The same, with what a {@link TeacherLoss} compares with where no network is asked.
     *
     * @param given {@code [samples, classes]}
     */
    Composition answered(NDArray given) {
        return new Composition(parts, smoothing, teacher, builder, Optional.of(given), held);
    }

    /** The architecture as the defenses change it. */
    public ClassifierArchitecture transform(ClassifierArchitecture plain) {
        ClassifierArchitecture architecture = plain;
        for (ModelTransform transform : of(ModelTransform.class)) {
            architecture = transform.transform(architecture);
        }
        ClassifierArchitecture whole = architecture;
        return companion()
                .<ClassifierArchitecture>map(beside -> new Accompanied(whole, beside))
                .orElse(bounding().isEmpty() ? whole : new SamplesApart(whole));
    }

    /**
     * Tries the architecture, where a policy bounds what each sample contributes.
     *
     * @param transformed what {@link #transform} returned
     * @param manager for the trial's tensors
     * @throws InvalidConfigurationException if the samples of a batch act on each other
     */
    public void requireApart(ClassifierArchitecture transformed, Shape input, int classes, NDManager manager) {
        if (bounding().isPresent()) {
            SamplesApart.require(transformed, input, classes, manager);
        }
    }

    /** The companion, if there is one that has a weight. */
    private Optional<Companion> companion() {
        return only(Companion.class).filter(companion -> companion.weight() != 0);
    }

    /**
     * What the companion of a training does, if there is one; to be closed with its loan.
     *
     * @param random for the first values of its tensors
     */
    Optional<Accompaniment> accompaniment(
            TorchRuntime torch, Classifier target, TrainingRecipe recipe, RandomStream random) {
        return companion().map(companion -> {
            ClassifierArchitecture architecture = builder.orElseThrow(
                    () -> new IllegalStateException("nobody says how this network's companion builds its own"));
            return Accompaniment.begin(companion, new CompanionLoan(torch, target, architecture, recipe, random), this);
        });
    }

    boolean trains(String weight, Epoch epoch) {
        return of(ParameterPolicy.class).stream().allMatch(policy -> policy.trains(weight, epoch));
    }

    /** What the samples are to be classified as: the answers, where they are given, or their encoded labels. */
    NDArray targets(int[] samples, NDArray labels, int classes, Epoch epoch) {
        if (answers.isEmpty()) {
            return encode(labels, classes, epoch);
        }
        long[] rows = Arrays.stream(samples).asLongStream().toArray();
        return answers.get().get(labels.getManager().create(rows));
    }

    NDArray encode(NDArray labels, int classes, Epoch epoch) {
        Optional<LabelEncoder> encoder = only(LabelEncoder.class);
        if (encoder.isPresent()) {
            return encoder.get().encode(labels, classes, epoch);
        }
        NDArray oneHot = labels.oneHot(classes);
        return smoothing == 0 ? oneHot : oneHot.mul(1 - smoothing).add(smoothing / classes);
    }

    DataTransform.Batch change(DataTransform.Batch batch, Epoch epoch, RandomStream random) {
        DataTransform.Batch changed = batch;
        List<DataTransform> transforms = of(DataTransform.class);
        for (int i = 0; i < transforms.size(); i++) {
            changed = transforms.get(i).transform(changed, epoch, random.child("transform", i));
        }
        return changed;
    }

    /** The objective of a batch: cross-entropy with the encoded labels, and the loss terms. */
    NDArray loss(DataTransform.Batch batch, Activations activations, NDArray labels) {
        return objective(batch, activations, labels, loss -> loss.getShape().dimension() == 0 ? loss : loss.mean());
    }

    /** The objective of each sample, {@code [N]}; no term may be one of the batch. */
    NDArray losses(DataTransform.Batch batch, Activations activations, NDArray labels) {
        return objective(batch, activations, labels, Composition::ofSamples);
    }

    private static NDArray ofSamples(NDArray loss) {
        if (loss.getShape().dimension() == 0) {
            throw new IllegalArgumentException(
                    "a loss term is one of the batch, where each sample needs its own, and its mixesSamples does not say so");
        }
        return loss;
    }

    private NDArray objective(
            DataTransform.Batch batch, Activations activations, NDArray labels, UnaryOperator<NDArray> reduced) {
        List<LossTerm> terms =
                of(LossTerm.class).stream().filter(term -> term.weight() != 0).toList();
        NDArray total = main(batch, activations, terms, reduced);
        for (LossTerm term : terms) {
            NDArray loss = term.loss(batch.images(), activations, batch.targets(), labels);
            total = total.add(reduced.apply(loss).mul(term.weight()));
        }
        return total;
    }

    /** What the loss terms are added to. */
    private NDArray main(
            DataTransform.Batch batch, Activations activations, List<LossTerm> terms, UnaryOperator<NDArray> reduced) {
        Optional<TeacherLoss> taught = only(TeacherLoss.class);
        if (taught.isPresent()) {
            NDArray answer = answers.isPresent() ? batch.targets() : teaching().logits(batch.images());
            return ofHeads(
                    activations, answer, logits -> reduced.apply(taught.get().loss(logits, answer)));
        }
        boolean replaced = terms.stream().anyMatch(term -> term.role() == LossTerm.Role.INSTEAD_OF_CROSS_ENTROPY);
        return replaced ? activations.logits().sum().mul(0) : crossEntropies(batch.targets(), activations, reduced);
    }

    private Teacher teaching() {
        return teacher.orElseThrow(() -> new IllegalStateException("nobody teaches this network"));
    }

    /** A batch with what its samples are taught: their targets, or what a teacher says of the images. */
    DataTransform.Batch taught(DataTransform.Batch batch) {
        return only(TeacherLoss.class)
                .map(loss -> new DataTransform.Batch(
                        batch.images(), loss.targets(teaching().logits(batch.images()))))
                .orElse(batch);
    }

    /** Of the logits and, if the network has one, of its auxiliary head, of which only the classes count. */
    private static NDArray ofHeads(Activations activations, NDArray answers, UnaryOperator<NDArray> loss) {
        NDArray main = loss.apply(activations.logits());
        NDArray auxiliary = activations.taps().get(Tap.AUXILIARY);
        return auxiliary == null ? main : main.add(loss.apply(auxiliary.get(classes(answers))));
    }

    private static NDIndex classes(NDArray beside) {
        return new NDIndex(":, :{}", beside.getShape().get(1));
    }

    /** Of samples whose targets are all that is known of them. */
    NDArray crossEntropy(NDArray targets, Activations activations) {
        return crossEntropies(targets, activations, NDArray::mean);
    }

    /** Of the logits and, if the network has one, of its auxiliary head; outputs beyond the classes are never right. */
    private static NDArray crossEntropies(NDArray targets, Activations activations, UnaryOperator<NDArray> reduced) {
        NDArray main = reduced.apply(crossEntropy(activations.logits().logSoftmax(1), targets));
        NDArray auxiliary = activations.taps().get(Tap.AUXILIARY);
        if (auxiliary == null) {
            return main;
        }
        NDArray ofClasses = auxiliary.logSoftmax(1).get(classes(targets));
        return main.add(reduced.apply(crossEntropy(ofClasses, targets)));
    }

    private static NDArray crossEntropy(NDArray logProbabilities, NDArray targets) {
        return logProbabilities.mul(targets).sum(new int[] {1}).neg();
    }

    /** The policy that bounds what each sample contributes, if there is one. */
    Optional<GradientPolicy.OfSamples> bounding() {
        return only(GradientPolicy.OfSamples.class);
    }

    /** The gradient of a batch, as a policy changes it. */
    NDList change(NDList gradient, RandomStream random) {
        return only(GradientPolicy.OfBatch.class)
                .map(policy -> policy.change(gradient, random))
                .orElse(gradient);
    }

    /** Into how many batches of some size an epoch through so many images falls. */
    public int batches(int images, int size) {
        int out = held.isPresent() ? held.get().length : count(heldOut(), images);
        return Batches.count(images - out, size);
    }

    /** The share of the images by which epochs are judged. */
    public double heldOut() {
        return checkpoints().map(CheckpointPolicy::validation).orElse(0.0);
    }

    /**
     * The images by which epochs are judged, and which are not trained on.
     *
     * @param training the stream of the training
     */
    int[] heldOut(int images, RandomStream training) {
        return held.map(int[]::clone).orElseGet(() -> heldOut(heldOut(), images, training));
    }

    /** As a training draws them where nobody says which they are. */
    public static int[] heldOut(double share, int images, RandomStream training) {
        return Arrays.copyOf(training.child("validation").permutation(images), count(share, images));
    }

    private static int count(double share, int images) {
        return (int) Math.round(share * images);
    }

    Optional<CheckpointPolicy> checkpoints() {
        return only(CheckpointPolicy.class);
    }

    private <P extends DefensePart> Optional<P> only(Class<P> type) {
        return of(type).stream().findFirst();
    }

    private <P extends DefensePart> List<P> of(Class<P> type) {
        return parts.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
