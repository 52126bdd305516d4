package org.obverse.engine.unit;

import com.google.common.base.Suppliers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.defense.Defense;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.gate.OwnAnswers;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;
import org.obverse.engine.product.NoTensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A target or an evaluation model whose weights are a file, which is opened once. */
public final class LoadedClassifier implements Unit<Network> {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedClassifier.class);
    private static final double FAR_TOO_LOW = 0.5;

    private final UnitName name;
    private final Equipment equipment;
    private final TrainedClassifier.Questions questions;
    private final ModelUse model;
    private final List<Input<MeasuredData>> data;
    private final Ingredients ingredients;
    private final Supplier<Classifier> loaded;

    /**
     * @param location of the weights; empty if the component brings them
     * @param defenses those that change the network
     * @param data that it is said to know: a target its training images, a judge the test images; empty if it knows others
     */
    public LoadedClassifier(
            UnitName name,
            Equipment equipment,
            TrainedClassifier.Questions questions,
            ModelUse model,
            String location,
            List<PlannedComponent<Defense>> defenses,
            List<Input<MeasuredData>> data) {
        this.name = name;
        this.equipment = equipment;
        this.questions = questions;
        this.model = model;
        this.data = List.copyOf(data);
        IngredientList list = IngredientList.of(equipment, model.slot())
                .component("classifier", model.chosen())
                .components("defense", defenses)
                .value("input", model.input())
                .value("outputs", model.outputs())
                .value("order", model.order());
        this.ingredients = (location.isEmpty() ? list : list.file("weights", location)).ingredients();
        this.loaded = Suppliers.memoize(() -> load(location));
    }

    private Classifier load(String location) {
        ParameterSource source = location.isEmpty()
                ? new NoTensors(model.chosen().name())
                : equipment.resources(model.chosen(), 0, "weights").weights(location);
        Parameters tensors = new Parameters(equipment.manager(), source);
        Classifier classifier = model.build(tensors);
        tensors.requireNothingLeft(model.slot());
        return classifier;
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return model.chosen().name();
    }

    @Override
    public List<Input<?>> inputs() {
        return List.copyOf(data);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        return questions.about(this, model, loaded, known);
    }

    @Override
    public Network perform(Inputs inputs, UnitContext context) {
        Classifier classifier = loaded.get();
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(model.seed(), model.slot()));
        Map<String, Double> figures = new LinkedHashMap<>();
        data.forEach(known -> {
            DataImages images = inputs.get(known).images();
            if (model.part() == Part.TRAINING) {
                double accuracy = OwnAnswers.of(classifier, images.images(Part.TRAINING, model.input()), loan)
                        .accuracy();
                warn(accuracy);
                figures.put(Network.OWN_ACCURACY, accuracy);
            } else {
                figures.putAll(tested(classifier, images.images(Part.TEST, model.input()), loan));
            }
        });
        return new Network(classifier, List.of(), figures, origin(classifier));
    }

    private static void warn(double accuracy) {
        if (accuracy < FAR_TOO_LOW) {
            LOG.warn(
                    "the target takes only {} % of its own training images for what they are",
                    Math.round(100 * accuracy));
        }
    }

    /** How well a judge knows the private test images. */
    static Map<String, Double> tested(Classifier judge, Images images, UnitLoan loan) {
        OwnAnswers answers = OwnAnswers.of(judge, images, loan);
        return Map.of(Network.TEST_ACCURACY, answers.accuracy(), Network.TEST_CALIBRATION, answers.calibrationError());
    }

    /** What a run wrote into the weights that it made. */
    private static Map<String, String> origin(Classifier classifier) {
        return classifier.parameters().metadata().entrySet().stream()
                .filter(said -> said.getKey().equals(Network.TEST_IMAGES))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What was stored are the tensors of the file; the network is open already. */
    @Override
    public Codec<Network> codec() {
        return new Codec<>() {
            @Override
            public Content encode(Network product) {
                return Network.tensors(product);
            }

            @Override
            public Summary summary(Network product) {
                return new Summary(product.figures(), Map.of(), List.of());
            }

            @Override
            public Network decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
                Classifier classifier = loaded.get();
                return new Network(classifier, List.of(), Network.storedFigures(artifact), origin(classifier));
            }
        };
    }
}
