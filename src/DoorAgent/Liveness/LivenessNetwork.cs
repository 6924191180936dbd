using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Liveness;

/// <summary>A network that tells a live face from a picture of a face. Reuses its buffers; not thread-safe.</summary>
internal sealed class LivenessNetwork : IDisposable
{
    private readonly INetwork _network;
    private readonly PlanePacker _packer;
    private readonly Frame _crop = new();
    private readonly float[] _logits;

    /// <param name="entry">An entry with a known answer.</param>
    /// <param name="network">The network, which is disposed with this object.</param>
    /// <exception cref="UserErrorException">The network's input does not have the size that the catalogue states.</exception>
    public LivenessNetwork(CatalogueEntry entry, INetwork network)
    {
        (Entry, _network, _packer) = (entry, network, new PlanePacker(entry.Input));
        _logits = new float[entry.KnownAnswer.Length];
        _crop.Resize(entry.Input.Width, entry.Input.Height);
        IReadOnlyList<int> shape = network.InputShape;
        if (shape.Count != 4 || shape[1] != 3 || shape[2] != entry.Input.Height || shape[3] != entry.Input.Width)
        {
            throw new UserErrorException($"The input of {entry.Id} is [{string.Join(" x ", shape)}] and must be "
                + $"1 x 3 x {entry.Input.Height} x {entry.Input.Width}: the file is another network.");
        }
    }

    public CatalogueEntry Entry { get; }

    /// <summary>Computes the logit of a live face against all other classes: o_live - ln(sum of e^o over the others).</summary>
    /// <returns>Higher is more likely live; negative infinity where the face's box shows no part of the frame.</returns>
    /// <exception cref="NetworkFaultException">The network failed or returned invalid values.</exception>
    public double LiveLogit(LivenessFrame face)
    {
        if (!FaceCrop.TryTake(face.Frame, face.Face.Box, Entry.Crop!, _crop))
            return double.NegativeInfinity;
        ReadOnlySpan<float> logits = Logits(_crop.Pixels);
        double others = 0, most = double.NegativeInfinity;
        for (int i = 0; i < logits.Length; i++)
            most = i == Entry.LiveOutput ? most : Math.Max(most, logits[i]);
        for (int i = 0; i < logits.Length; i++)
            others += i == Entry.LiveOutput ? 0 : Math.Exp(logits[i] - most);
        return logits[Entry.LiveOutput] - most - Math.Log(others);
    }

    /// <summary>Runs the network on a crop.</summary>
    /// <param name="crop">Rows of interleaved B, G, R bytes in the network's input size.</param>
    /// <returns>One logit for each class; valid until the next call.</returns>
    /// <exception cref="NetworkFaultException">The network failed or returned invalid values.</exception>
    public ReadOnlySpan<float> Logits(ReadOnlySpan<byte> crop)
    {
        _packer.Pack(crop, _network.Input(Entry.Input.Height, Entry.Input.Width));
        int count = -1;
        _network.Run((index, values) =>
        {
            if (index != 0)
                return;
            count = values.Length;
            if (count == _logits.Length)
                values.CopyTo(_logits);
        });
        if (count != _logits.Length)
            throw new NetworkFaultException($"The liveness network {Entry.Id} returned {count} numbers and must return {_logits.Length}.");
        foreach (float logit in _logits)
        {
            if (!float.IsFinite(logit))
            {
                throw new NetworkFaultException(
                    $"The liveness network {Entry.Id} returned values that are not finite: the network is broken.");
            }
        }

        return _logits;
    }

    public void Dispose() => _network.Dispose();
}
