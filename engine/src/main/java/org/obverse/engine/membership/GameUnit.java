package org.obverse.engine.membership;

import java.util.List;
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
import org.obverse.engine.plan.MembershipKeys;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.training.HeldOutImages;
import org.obverse.engine.unit.Equipment;
import org.obverse.engine.unit.IngredientList;

/** Draws the samples that membership attacks are about, the same for all targets of a seed that hold out the same images. */
public final class GameUnit implements Unit<MembershipGame> {
    public static final String SLOT = "game";

    private final UnitName name;
    private final Equipment equipment;
    private final String dataset;
    private final Input<MeasuredData> data;
    private final MembershipKeys keys;
    private final HeldOutImages held;
    private final long seed;
    private final Ingredients ingredients;

    /**
     * @param dataset the name of the data's component
     * @param held what the target is not trained on
     * @param seed of the evaluation
     */
    public GameUnit(
            UnitName name,
            Equipment equipment,
            String dataset,
            Input<MeasuredData> data,
            MembershipKeys keys,
            HeldOutImages held,
            long seed) {
        this.name = name;
        this.equipment = equipment;
        this.dataset = dataset;
        this.data = data;
        this.keys = keys;
        this.held = held;
        this.seed = seed;
        IngredientList list = IngredientList.of(equipment, SLOT)
                .value("samples", keys.samples())
                .value("known", keys.known())
                .seed(seed, SLOT);
        this.ingredients = (held.isEmpty() ? list : list.value("held out", held.identity())).ingredients();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return dataset;
    }

    @Override
    public List<Input<?>> inputs() {
        return List.of(data);
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
    public MembershipGame perform(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(seed, SLOT));
        return new Draw(inputs.get(data).images().plain(), keys, held, loan).game();
    }

    @Override
    public Codec<MembershipGame> codec() {
        return new MembershipGame.Form(equipment.torch().manager());
    }
}
