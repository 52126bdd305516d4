package org.obverse.plugins.shared;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class FolderStorePlugin implements Plugin {
    @Override
    public String id() {
        return "folder-store";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.STORE,
                "folder",
                "Shares what units make in a folder that several machines see, such as one on NFS.",
                Location.DEFAULT,
                (location, resources) -> new FolderStore(location.folder(resources.workspace()))));
    }
}
