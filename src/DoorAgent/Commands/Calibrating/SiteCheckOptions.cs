using System.CommandLine;

namespace DoorAgent.Commands.Calibrating;

/// <summary>The options with which 'calibrate' checks the table against the gallery.</summary>
internal sealed class SiteCheckOptions
{
    private const double LargestFmr = 1e-3;

    public Option<double?> Fmr { get; } = new("--fmr")
    {
        Description = "The false match rate of a claim to check, at most 1e-3. Default: Matching:Fmr.",
        HelpName = "RATE",
    };

    public Option<bool> Write { get; } = new("--write")
    {
        Description = "Writes the proposed distance with its evidence into the configuration file, after asking.",
    };

    /// <summary>Answers the question of --write or --centre.</summary>
    public Option<bool> Yes { get; } = new("--yes") { Description = "With --write or --centre: does not ask." };

    public Option<bool> Json { get; } = CommonOptions.Json();

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Fmr, Write, Yes, Json })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Fmr) is { } rate && rate is not (> 0 and <= LargestFmr))
                result.AddError("--fmr must be above 0 and at most 1e-3.");
            if (result.GetValue(Json) && result.GetValue(Write))
                result.AddError("--json only reports: leave it or --write out.");
        });
    }
}
