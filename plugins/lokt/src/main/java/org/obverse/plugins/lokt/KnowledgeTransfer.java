package org.obverse.plugins.lokt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Conditional;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.gans.ClassLayout;
import org.obverse.gans.ConditionalGenerator;
import org.obverse.gans.ConditionalNetwork;
import org.obverse.networks.Namespace;
import org.obverse.networks.PrefixedSource;

/**
 * What LOKT learns from labels (Nguyen et al., NeurIPS 2023): a conditional GAN whose discriminator learns the target's labels of what is
 * generated, and surrogates that learn its labels of as many generated images for each class. The artifact holds beside them how many
 * images each class got, {@code relabelled}; a class that got none is one that the surrogates do not know. How far each surrogate agrees with
 * the target is told of images that were generated for that alone.
 */
final class KnowledgeTransfer implements Preparer, Preflight {
    static final String NAME = "knowledge-transfer";

    private static final String GENERATOR = "generator";
    private static final String SIZES = "sizes";
    private static final String COUNTS = "relabelled";

    /** For as many images to learn from there is one that surrogates are tried on. */
    private static final int UNSEEN = 10;

    private final TransferSettings settings;
    private final Resources resources;
    private final List<ClassifierArchitecture> architectures;

    KnowledgeTransfer(TransferSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.architectures = settings.surrogates().stream()
                .map(use -> resources.create(Kind.CLASSIFIER, use))
                .toList();
    }

    /** The name of one of the surrogates, from 0. */
    static String surrogate(int number) {
        return "surrogate-" + number;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return ClassLayout.misfits(setting.input());
    }

    @Override
    public Made prepare(StageContext context) {
        Images real = context.publicImages();
        LabelOracle target = context.target(LabelOracle.class);
        ClassLayout layout = ClassLayout.of(real.shape(), settings.latentSize(), settings.width(), target.classes());
        List<Classifier> surrogates = untaught(layout, context);
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        ConditionalNetwork network = trained(layout, real, target, context, tensors);
        Conditional generator = new ConditionalGenerator(
                network, Pass.evaluation(context.random().child("relabelled")));
        Relabelled lessons = Relabelled.lessons(generator, settings.perClass(), target, context);
        Relabelled unseen = Relabelled.unseen(generator, Math.max(1, settings.perClass() / UNSEEN), target, context);
        List<Figure> figures = new ArrayList<>(List.of(lessons.missing()));
        for (int i = 0; i < surrogates.size(); i++) {
            String prefix = surrogate(i) + ".";
            resources
                    .training()
                    .fit(surrogates.get(i), lessons, settings.teaching().training(), new Course(context, i));
            surrogates.get(i).parameters().all().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
            figures.add(unseen.agreement(surrogates.get(i), context).figure(surrogate(i)));
        }
        tensors.put(COUNTS, context.manager().create(lessons.counts()));
        tensors.put(SIZES, layout.sizes(context.manager()));
        return new Made(tensors, figures);
    }

    /** Made before anything is trained, so that one that does not fit the images is refused at once. */
    private List<Classifier> untaught(ClassLayout layout, StageContext context) {
        List<Classifier> surrogates = new ArrayList<>();
        for (int i = 0; i < architectures.size(); i++) {
            ParameterSource fresh =
                    ParameterSource.fresh(new Course(context, i).random().child("initial"));
            surrogates.add(architectures
                    .get(i)
                    .build(layout.image(), layout.classes(), new Parameters(context.manager(), fresh)));
        }
        return surrogates;
    }

    private ConditionalNetwork trained(
            ClassLayout layout, Images real, LabelOracle target, StageContext context, Map<String, NDArray> tensors) {
        ParameterSource fresh = ParameterSource.fresh(context.random().child("initial"));
        Parameters generator = new Parameters(context.manager(), fresh);
        Parameters discriminator = new Parameters(context.manager(), fresh);
        ConditionalNetwork network = ConditionalNetwork.of(root(generator).in(GENERATOR), layout);
        ClassifyingDiscriminator judge =
                ClassifyingDiscriminator.of(root(discriminator).in("discriminator"), resources.gradients(), layout);
        new LabelTraining(settings, resources, network, judge, target, context).run(real, generator, discriminator);
        tensors.putAll(generator.all());
        return network;
    }

    @Override
    public Prepared open(ParameterSource tensors, Generator planned) {
        Parameters parameters = new Parameters(resources.manager(), tensors);
        ClassLayout layout = ClassLayout.of(
                parameters.buffer(SIZES, new Shape(3), Initial.constant(0)), settings.latentSize(), settings.width());
        ConditionalNetwork network = ConditionalNetwork.of(root(parameters).in(GENERATOR), layout);
        Map<String, Classifier> surrogates = new LinkedHashMap<>();
        for (int i = 0; i < architectures.size(); i++) {
            ParameterSource own = new PrefixedSource(tensors, surrogate(i) + ".");
            surrogates.put(
                    surrogate(i),
                    architectures
                            .get(i)
                            .build(layout.image(), layout.classes(), new Parameters(resources.manager(), own)));
        }
        return new Prepared(new ConditionalGenerator(network, Pass.evaluation(resources.random())), surrogates);
    }

    private Namespace root(Parameters parameters) {
        return Namespace.root(parameters, resources.operators());
    }

    /** The training of one surrogate, with draws of its own. */
    private record Course(StageContext context, int number) implements TrainingContext {
        @Override
        public RandomStream random() {
            return context.random().child("surrogate", number);
        }

        @Override
        public void checkpoint() {
            context.checkpoint();
        }

        @Override
        public void progress(long done, long total, Map<String, Double> figures) {
            context.progress(done, total, figures);
        }
    }
}
