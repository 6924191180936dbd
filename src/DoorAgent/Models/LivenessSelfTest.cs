using DoorAgent.Liveness;
using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>
/// Tests a liveness network with a known answer before a door uses the network. Also detects a wrong scale and swapped colour channels:
/// MiniFASNet calls every face a picture on a screen if it is fed 0 to 1 instead of 0 to 255.
/// </summary>
internal static class LivenessSelfTest
{
    /// <summary>Maximum difference of an output from the known one; processors' kernels differ slightly.</summary>
    public const float Tolerance = 0.02f;

    /// <summary>Runs the self-test.</summary>
    /// <returns>Difference of the worst output from the known one.</returns>
    /// <exception cref="UserErrorException">The self-test failed; the message says what was found.</exception>
    public static float Run(LivenessNetwork network)
    {
        CatalogueEntry entry = network.Entry;
        ReadOnlySpan<float> logits;
        try
        {
            logits = network.Logits(EncoderSelfTest.SyntheticFace(entry.Input.Width, entry.Input.Height));
        }
        catch (NetworkFaultException fault)
        {
            throw Failed(entry, fault.Message, fault);
        }

        float worst = 0;
        for (int i = 0; i < logits.Length; i++)
            worst = MathF.Max(worst, MathF.Abs(logits[i] - entry.KnownAnswer[i]));
        return worst <= Tolerance ? worst : throw Failed(entry, FormattableString.Invariant(
            $"for a known input an output is {worst:0.000} away from the right one (at most {Tolerance}): the weights are wrong, ")
            + "or this machine computes wrongly");
    }

    private static UserErrorException Failed(CatalogueEntry entry, string why, Exception? inner = null) =>
        new($"The liveness network {entry.Id} failed its self-test: {why}. The door stays locked; get the right file "
            + "('dooragent models verify' checks it).", inner);
}
