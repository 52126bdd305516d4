package org.obverse.engine.unit;

import com.google.common.base.Suppliers;
import java.util.List;
import java.util.function.Supplier;
import org.obverse.api.defense.Defense;
import org.obverse.api.event.Summary;
import org.obverse.api.event.UnitName;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.artifact.Artifact;
import org.obverse.engine.artifact.ArtifactStore.Content;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Lifetime;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.Network;
import org.obverse.engine.product.NoTensors;

/** A target or an evaluation model whose weights are a file, which is opened once. */
public final class LoadedClassifier implements Unit<Network> {
    private final UnitName name;
    private final Equipment equipment;
    private final TrainedClassifier.Questions questions;
    private final ModelUse model;
    private final Ingredients ingredients;
    private final Supplier<Classifier> loaded;

    /**
     * @param location of the weights; empty if the component brings them
     * @param defenses those that change the network
     */
    public LoadedClassifier(
            UnitName name,
            Equipment equipment,
            TrainedClassifier.Questions questions,
            ModelUse model,
            String location,
            List<PlannedComponent<Defense>> defenses) {
        this.name = name;
        this.equipment = equipment;
        this.questions = questions;
        this.model = model;
        IngredientList list = IngredientList.of(equipment, model.slot())
                .component("classifier", model.chosen())
                .components("defense", defenses)
                .value("input", model.input())
                .value("outputs", model.outputs());
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
        return List.of();
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
        UnitLoan.of(context, equipment.torch(), Equipment.stream(model.seed(), model.slot()));
        return new Network(classifier, List.of());
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
                return Summary.NONE;
            }

            @Override
            public Network decode(Artifact artifact, Inputs inputs, Lifetime lifetime) {
                return new Network(loaded.get(), List.of());
            }
        };
    }
}
