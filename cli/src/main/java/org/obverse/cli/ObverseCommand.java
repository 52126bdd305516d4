package org.obverse.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself, which only has subcommands. */
@Command(
        name = "obverse",
        header = "Model inversion attacks and defenses, measured.",
        description = {
            "",
            "Trains classifiers, attacks them stage by stage, and scores what leaked. What is done is written in a plan,"
                    + " a YAML file; every part that a plan can name comes from a plugin.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  obverse demo",
            "  obverse run my-plan.yaml -o seeds.attack=2 --name second",
            "  obverse resume second",
            "  obverse audit my-target.yaml",
            "  obverse describe optimizer latent-adam",
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            AblateCommand.class,
            AuditCommand.class,
            EstimateCommand.class,
            ResumeCommand.class,
            ViewCommand.class,
            RunsCommand.class,
            ExportCommand.class,
            QueryCommand.class,
            CompareCommand.class,
            PanelsCommand.class,
            JudgeCommand.class,
            TrainCommand.class,
            PluginsCommand.class,
            DescribeCommand.class,
            SchemaCommand.class,
            CheckCommand.class,
            InspectCommand.class,
            ImportCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            WorkCommand.class,
            HelpCommand.class,
            GenerateCompletion.class,
        })
final class ObverseCommand implements Runnable {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where in the code a failure arose.")
    private boolean verbose;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    boolean isVerbose() {
        return verbose;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Version.class.getPackage().getImplementationVersion();
            return new String[] {"obverse " + (version == null ? "(not packaged)" : version)};
        }
    }
}
