package org.obverse.engine.blueprint;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.store.ObjectStore;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.PluginFailedException;

/**
 * A plugin's store, whose failure says whose it is; that it does not answer is none.
 *
 * @param key where the plan names it
 */
record NamedStore(String key, PlannedComponent<ObjectStore> chosen, ObjectStore store) implements ObjectStore {
    @Override
    public boolean putIfAbsent(String object, Path bytes) throws IOException {
        return ask("put " + object, () -> store.putIfAbsent(object, bytes));
    }

    @Override
    public boolean get(String object, OutputStream bytes) throws IOException {
        return ask("get " + object, () -> store.get(object, bytes));
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return ask("list " + prefix, () -> store.list(prefix));
    }

    @Override
    public void remove(String object) throws IOException {
        ask("remove " + object, () -> {
            store.remove(object);
            return object;
        });
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (Throwable e) {
            throw failed("close", e);
        }
    }

    private interface Asking<T> {
        T ask() throws IOException;
    }

    private <T> T ask(String asked, Asking<T> asking) throws IOException {
        try {
            return asking.ask();
        } catch (IOException | InvalidConfigurationException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        } catch (Throwable e) {
            throw failed(asked, e);
        }
    }

    private PluginFailedException failed(String asked, Throwable e) {
        String doing = chosen.subject() + ", when it was to " + asked + ",";
        return new PluginFailedException(chosen.plugin().source().toString(), doing, e).at(key);
    }
}
