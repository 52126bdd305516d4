package org.obverse.plugins.lomma;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.Initial;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.networks.PrefixedSource;

/**
 * Distils the target into surrogates on public images (Nguyen et al., CVPR 2023, Sec. 3.3): each minimises {@code KL(softmax(l_T / τ) ‖
 * softmax(l_M / τ))}. No label of private data is needed. What else the attack prepares is the work of the preparer {@code beside}.
 */
final class Surrogates implements Preparer, Preflight {
    static final String NAME = "surrogates";

    private static final String BESIDE = "beside.";
    private static final String SHAPE = "surrogate-shape";

    private final SurrogateSettings settings;
    private final Resources resources;
    private final ClassifierArchitecture architecture;
    private final Optional<Preparer> beside;

    Surrogates(SurrogateSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
        this.architecture = resources.create(Kind.CLASSIFIER, settings.classifier());
        this.beside = settings.beside().stream()
                .map(use -> resources.create(Kind.PREPARER, use))
                .findFirst();
    }

    @Override
    public List<Problem> check(Setting setting) {
        return beside
                .filter(Preflight.class::isInstance)
                .map(preparer -> ((Preflight) preparer).check(setting))
                .orElse(List.of())
                .stream()
                .map(problem -> problem.under("beside.0"))
                .toList();
    }

    @Override
    public Made prepare(StageContext context) {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        List<Figure> figures = new ArrayList<>();
        beside.map(preparer -> preparer.prepare(context)).ifPresent(made -> {
            made.tensors().forEach((name, tensor) -> tensors.put(BESIDE + name, tensor));
            made.figures()
                    .forEach(figure -> figures.add(
                            new Figure(figure.name() + " (beside)", figure.value(), figure.unit(), figure.least())));
        });
        Images images = context.publicImages();
        Answers answers = Answers.ask(images, context);
        double temperature = temperature(answers);
        int classes = Math.toIntExact(answers.logScores().getShape().get(1));
        for (int i = 0; i < settings.count(); i++) {
            Parameters parameters = new Parameters(
                    context.manager(),
                    ParameterSource.fresh(context.random().child("surrogate", i).child("initial")));
            Classifier surrogate = architecture.build(images.shape(), classes, parameters);
            figures.add(new Distillation(settings, resources, temperature, answers, images, context)
                    .teach(surrogate, i)
                    .figure(network(i)));
            String prefix = prefix(i);
            parameters.all().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
        }
        float[] shape = new float[4];
        for (int i = 0; i < 3; i++) {
            shape[i] = images.shape().get(i);
        }
        shape[3] = classes;
        tensors.put(SHAPE, context.manager().create(shape));
        return new Made(tensors, figures);
    }

    private double temperature(Answers answers) {
        if (settings.share() == 0) {
            return settings.temperature();
        }
        double margin = answers.medianMargin();
        if (!(margin > 0) || !Double.isFinite(margin)) {
            throw new InvalidConfigurationException(new Problem(
                    "share",
                    "the target's median margin on public images is " + margin + ", which is no scale to measure by",
                    "use share: 0 and a temperature"));
        }
        return settings.share() * margin;
    }

    @Override
    public Prepared open(ParameterSource tensors, Generator planned) {
        float[] shape = new Parameters(resources.manager(), tensors)
                .buffer(SHAPE, new Shape(4), Initial.constant(0))
                .toFloatArray();
        Shape input = new Shape((long) shape[0], (long) shape[1], (long) shape[2]);
        Map<String, Classifier> networks = new LinkedHashMap<>();
        Generator generator = planned;
        if (beside.isPresent()) {
            Prepared prepared = beside.get().open(new PrefixedSource(tensors, BESIDE), planned);
            generator = prepared.generator();
            networks.putAll(prepared.networks());
        }
        for (int i = 0; i < settings.count(); i++) {
            networks.put(
                    network(i),
                    architecture.build(
                            input,
                            (int) shape[3],
                            new Parameters(resources.manager(), new PrefixedSource(tensors, prefix(i)))));
        }
        return new Prepared(generator, networks);
    }

    private static String prefix(int number) {
        return network(number) + ".";
    }

    /** The name of one of the surrogates, from 0. */
    static String network(int number) {
        return "surrogate-" + number;
    }
}
