package org.obverse.plugins.s3;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class S3Plugin implements Plugin {
    @Override
    public String id() {
        return "s3";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.STORE,
                "s3",
                "Shares what units make in a bucket of S3, or of a server that speaks like it.",
                Bucket.DEFAULT,
                (bucket, resources) -> new S3Store(bucket)));
    }
}
