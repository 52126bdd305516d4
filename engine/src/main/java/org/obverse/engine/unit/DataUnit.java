package org.obverse.engine.unit;

import java.util.List;
import java.util.Map;
import org.obverse.api.data.Dataset;
import org.obverse.api.event.UnitName;
import org.obverse.api.plugin.Problem;
import org.obverse.engine.graph.Codec;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.graph.Input;
import org.obverse.engine.graph.Inputs;
import org.obverse.engine.graph.Known;
import org.obverse.engine.graph.Provisional;
import org.obverse.engine.graph.UnitContext;
import org.obverse.engine.lend.DataImages;
import org.obverse.engine.lend.UnitLoan;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.product.DataManifest;
import org.obverse.engine.product.DataSummary;
import org.obverse.engine.product.MeasuredData;

/** Looks through a data set once. */
public final class DataUnit implements Provisional<MeasuredData> {
    public static final String SLOT = "data";
    /** Of what evaluation models look at. */
    public static final String POOL = "pool";

    private final UnitName name;
    private final PlannedComponent<Dataset> chosen;
    private final DataImages images;
    private final Ingredients ingredients;
    private final Equipment equipment;
    private final long seed;

    /**
     * @param seed of the split
     * @param files digest of the files that the data set reads; empty if it reads none
     */
    public DataUnit(
            UnitName name,
            Equipment equipment,
            PlannedComponent<Dataset> chosen,
            DataImages images,
            long seed,
            String files) {
        this.name = name;
        this.equipment = equipment;
        this.chosen = chosen;
        this.images = images;
        this.seed = seed;
        this.ingredients = IngredientList.of(equipment, name.slot())
                .component("data", chosen)
                .value("pictures", files)
                .seed(seed, SLOT)
                .ingredients();
    }

    @Override
    public UnitName name() {
        return name;
    }

    @Override
    public String component() {
        return chosen.name();
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
        known.tell(this, DataManifest.of(images.plain()));
        return List.of();
    }

    @Override
    public MeasuredData perform(Inputs inputs, UnitContext context) {
        UnitLoan loan = UnitLoan.of(context, equipment.torch(), Equipment.stream(seed, SLOT));
        return new MeasuredData(images, DataSummary.of(images.plain(), loan));
    }

    /** Nothing is known of it. */
    @Override
    public MeasuredData provisional(Inputs inputs, UnitContext context) {
        return new MeasuredData(images, Map.of());
    }

    @Override
    public Length length(Inputs inputs) {
        return new Length(DataSummary.steps(images.plain()), 1);
    }

    @Override
    public Codec<MeasuredData> codec() {
        return new MeasuredData.Form(images);
    }
}
