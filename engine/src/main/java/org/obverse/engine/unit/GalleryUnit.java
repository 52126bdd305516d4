package org.obverse.engine.unit;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Part;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Unit;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.AttackPlan;
import org.obverse.engine.product.Found;
import org.obverse.engine.product.Gallery;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.StoredCandidates.Way;

/** Draws the report's pictures of an attack, so that a report needs no network. */
public final class GalleryUnit implements Unit<Gallery> {
    public static final String SLOT = "gallery";

    private final UnitName name;
    private final Equipment equipment;
    private final AttackPlan attack;
    private final Input<MeasuredData> data;
    private final List<Input<Found>> found;
    private final long seed;
    private final Ingredients ingredients;

    /**
     * @param found of the last stage
     * @param seed of the evaluation
     */
    public GalleryUnit(
            UnitName name,
            Equipment equipment,
            AttackPlan attack,
            Input<MeasuredData> data,
            List<Input<Found>> found,
            long seed) {
        this.name = name;
        this.equipment = equipment;
        this.attack = attack;
        this.data = data;
        this.found = List.copyOf(found);
        this.seed = seed;
        this.ingredients = IngredientList.of(equipment, SLOT)
                .value("classes", name.classes())
                .seed(seed, SLOT)
                .value("device", equipment.torch().device())
                .ingredients();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return attack.recipe().name();
    }

    @Override
    public List<Input<?>> inputs() {
        List<Input<?>> inputs = new ArrayList<>(List.of(data));
        inputs.addAll(found);
        return List.copyOf(inputs);
    }

    @Override
    public Ingredients ingredients() {
        return ingredients;
    }

    @Override
    public List<Problem> check(Known known) {
        return List.of();
    }

    @Override
    public Gallery perform(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(seed, SLOT));
        return Gallery.of(
                candidates(inputs, loan.manager()),
                name.classes(),
                data(inputs).images(Part.TRAINING),
                loan.manager(),
                loan);
    }

    /**
     * All that the last stage found.
     *
     * @param manager to attach it to
     */
    public Candidates candidates(Inputs inputs, NDManager manager) {
        return Found.read(found.stream().map(inputs::get).toList(), List.of(), manager, Way.LEFT_OUT);
    }

    /** The data that were attacked, at the target's size. */
    public Dataset data(Inputs inputs) {
        return inputs.get(data).images().plain();
    }

    @Override
    public Codec<Gallery> codec() {
        return new Gallery.Form(equipment.torch().manager());
    }
}
