package org.obverse.engine.weights;

/** The formats that are read, each recognised by its contents. */
public enum WeightFormat {
    NETWORK_PICKLE("network pickle (StyleGAN2-ADA, StyleGAN3)"),
    TORCH_ZIP("torch.save, zip format"),
    TORCH_LEGACY("torch.save, format before torch 1.6"),
    SAFETENSORS("safetensors"),
    SHARDS("shards with an index"),
    NPZ("NumPy npz");

    private final String description;

    WeightFormat(String description) {
        this.description = description;
    }

    @Override
    public String toString() {
        return description;
    }
}
