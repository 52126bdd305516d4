package org.obverse.cli;

import ai.djl.engine.EngineException;
import com.google.common.base.Throwables;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.cli.progress.Printable;
import org.obverse.engine.drive.LostProductException;
import org.obverse.engine.plugin.PluginFailedException;
import org.obverse.engine.product.SearchDivergedException;
import org.obverse.engine.study.UnitFailedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Says what went wrong, in a few lines for its kind, and with which exit code the process ends. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return tell(failure, command.getCommandSpec()).code();
    }

    /** Prints a failure to the command's error stream. */
    static Exit tell(Throwable failure, CommandSpec command) {
        PrintWriter err = command.commandLine().getErr();
        if (failure instanceof InvalidConfigurationException invalid) {
            tell("", invalid.problems(), err);
        } else if (failure instanceof UnitFailedException unit
                && unit.getCause() instanceof InvalidConfigurationException invalid) {
            tell(", found by unit " + unit.unit(), invalid.problems(), err);
        } else {
            err.println(Printable.lines("obverse: " + message(failure)));
        }
        if (command.root().userObject() instanceof ObverseCommand root && root.isVerbose()) {
            err.print(Printable.lines(Throwables.getStackTraceAsString(failure)));
        } else if (exit(failure) == Exit.FAILED) {
            err.println("  --verbose shows where");
        }
        err.flush();
        return exit(failure);
    }

    private static void tell(String where, List<Problem> problems, PrintWriter err) {
        err.println(
                (problems.size() == 1 ? "obverse: a problem" : "obverse: " + problems.size() + " problems") + where);
        problems.forEach(problem ->
                err.println("  " + Printable.lines(problem.toString()).replace("\n", "\n    ")));
    }

    private static String message(Throwable failure) {
        if (failure instanceof UncheckedIOException disk) {
            return disk.getMessage() + " (" + disk.getCause() + ")";
        }
        if (failure instanceof OutOfMemoryError) {
            return "Java's heap is full (" + failure.getMessage() + "); OBVERSE_HEAP=4g gives it more";
        }
        boolean speaks = failure instanceof PluginFailedException
                || failure instanceof UnitFailedException
                || failure instanceof SearchDivergedException
                || failure instanceof LostProductException
                || failure instanceof DeviceException;
        return String.valueOf(speaks ? failure.getMessage() : failure);
    }

    /** The jars or folders of the plugins that are to blame; none for a plan or a file that cannot be used. */
    static List<String> sources(Throwable failure) {
        if (exit(failure) == Exit.PLAN) {
            return List.of();
        }
        if (failure instanceof UnitFailedException unit) {
            return unit.sources();
        }
        return failure instanceof PluginFailedException plugin ? List.of(plugin.source()) : List.of();
    }

    static Exit exit(Throwable failure) {
        if (failure instanceof InvalidConfigurationException
                || failure.getCause() instanceof InvalidConfigurationException) {
            return Exit.PLAN;
        }
        if (failure instanceof PluginFailedException || failure instanceof UnitFailedException) {
            return Exit.PLUGIN;
        }
        if (failure instanceof EngineException || failure instanceof DeviceException) {
            return Exit.DEVICE;
        }
        return Exit.FAILED;
    }
}
