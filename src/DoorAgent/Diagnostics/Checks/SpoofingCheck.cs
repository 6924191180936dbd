using DoorAgent.Liveness;
using DoorAgent.Models;
using DoorAgent.Operating;
using DoorAgent.Running;

namespace DoorAgent.Diagnostics.Checks;

/// <summary>Proves the liveness networks, and says how well the door tells people from pictures.</summary>
internal sealed class SpoofingCheck : ICheck
{
    private const string Restart = "'sudo systemctl restart dooragent' makes the door use what is there now.";

    public string Name => "liveness";

    public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken)
    {
        LivenessOptions options = door.Options<LivenessOptions>();
        if (door.Settings is not { Errors.Count: 0 } settings)
            throw new CheckSkippedException("the configuration is wrong");
        LivenessSummary summary = StartCheck.LivenessOf(settings, door.Places);
        if (!summary.TrustsFaces)
        {
            findings.Ok($"not used in mode {summary.Decisions.Mode}, where no face is compared");
            return Task.CompletedTask;
        }

        using (LivenessCheck proven = LivenessFactory.Open(door.Places, options))
        {
            string judge = $"liveness {summary.Judge}{(proven.Strength >= LivenessStrength.Pair ? ", which have proven themselves" : "")}";
            if (summary.Remedy is { } remedy)
                findings.Warn($"{judge}: weaker than all three", remedy);
            else
                findings.Ok(judge);
        }

        if (summary.AsksForTurn && !summary.CannotShowTurn)
            findings.Ok($"people are asked to turn their head (Liveness:Challenge is {options.Challenge})");
        foreach (string refusal in summary.Refusals())
            findings.Refuse(refusal);
        foreach (string warning in summary.Warnings().Where(warning => warning != summary.Weaker))
            findings.Warn(warning);
        if (door.Running?.Liveness is { } running && running != summary.Words)
            findings.Warn($"the running door was started with another check: {running}", Restart);
        return Task.CompletedTask;
    }
}
