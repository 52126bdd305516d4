package org.obverse.cli;

import java.util.concurrent.Callable;
import org.obverse.engine.plan.PlanSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        header = "Print the JSON Schema of plans, for editors.",
        description = {
            "",
            "Editors that know it complete keys and names of components and mark what is misspelt:",
            "  obverse schema > obverse.schema.json",
            "and, as the first line of a plan,",
            "  # yaml-language-server: $schema=obverse.schema.json",
            ""
        })
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PluginsOption plugins = new PluginsOption();

    @Override
    public Integer call() {
        var schema = PlanSchema.of(plugins.registry(spec.commandLine().getErr()));
        Json.print(schema, spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        return Exit.DONE.code();
    }
}
