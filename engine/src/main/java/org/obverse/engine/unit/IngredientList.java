package org.obverse.engine.unit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.obverse.engine.configuration.CanonicalJson;
import org.obverse.engine.configuration.InputFiles;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.graph.Ingredients;
import org.obverse.engine.plan.Execution;
import org.obverse.engine.plan.PlanWriter;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.EngineCode;
import org.obverse.engine.torch.NativeFacts;

/** Names the ingredients of a unit, one after the other. */
public final class IngredientList {
    private final Equipment equipment;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> code = new HashMap<>();

    private IngredientList(Equipment equipment) {
        this.equipment = equipment;
    }

    /** Every unit's value depends on what it is for, the engine's code and the native library. */
    public static IngredientList of(Equipment equipment, String slot) {
        IngredientList list = new IngredientList(equipment);
        NativeFacts facts = equipment.torch().facts();
        list.code.put(EngineCode.ID, equipment.engine().hash());
        list.code.put("libtorch", facts.version());
        return list.value("slot", slot);
    }

    public IngredientList value(String name, Object value) {
        values.put(name, String.valueOf(value));
        return this;
    }

    /**
     * A component: its name, its configuration, the files that this names, and the code of all plugins that take part.
     *
     * @param role among the unit's components, such as {@code classifier}
     */
    public IngredientList component(String role, PlannedComponent<?> chosen) {
        equipment
                .components()
                .plugins(chosen)
                .forEach(plugin -> code.put(plugin.id(), plugin.version() + " " + plugin.contentHash()));
        files(role, chosen);
        return value(role, CanonicalJson.of(withoutLocations(chosen)));
    }

    /** A file counts with what it holds, wherever it lies. */
    private void files(String role, PlannedComponent<?> chosen) {
        InputFiles.of(chosen.configuration()).forEach((key, location) -> file(role + "." + key, location));
        chosen.requirements()
                .parts()
                .forEach(part ->
                        files(role + "." + part.key(), equipment.components().choose(part.kind(), part.use())));
    }

    IngredientList file(String name, String location) {
        return value("file " + name, equipment.files().of(location).orElse(location));
    }

    private Node withoutLocations(PlannedComponent<?> chosen) {
        Node.Mapping tree = PlanWriter.tree(chosen);
        for (Map.Entry<String, String> file :
                InputFiles.of(chosen.configuration()).entrySet()) {
            if (equipment.files().of(file.getValue()).isPresent()
                    && tree.get(file.getKey()).isPresent()) {
                tree = tree.with(file.getKey(), new Node.Scalar("a file", 0));
            }
        }
        return tree;
    }

    public IngredientList components(String role, List<? extends PlannedComponent<?>> all) {
        for (int i = 0; i < all.size(); i++) {
            component(role + "." + i, all.get(i));
        }
        return this;
    }

    /** The stream that the unit draws from. */
    public IngredientList seed(long seed, String role) {
        return value("seed", seed + " of " + role);
    }

    /** On what it is computed, as far as that changes the last digits of values. */
    public IngredientList computed(Execution execution) {
        value("device", equipment.torch().device());
        value("threads", execution.threads());
        return equipment.torch().device().isGpu()
                ? value("tf32", execution.tf32()).value("cudnn", execution.cudnn())
                : this;
    }

    /** That the unit asks how many images may pass at once. */
    public IngredientList batch(Execution execution) {
        return value(Ingredients.BATCH, execution.batch());
    }

    public Ingredients ingredients() {
        return new Ingredients(values, code);
    }
}
