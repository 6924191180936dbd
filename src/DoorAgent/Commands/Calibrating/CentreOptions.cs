using System.CommandLine;
using System.CommandLine.Parsing;

namespace DoorAgent.Commands.Calibrating;

/// <summary>The options with which 'calibrate' centres a gallery on its site.</summary>
internal sealed class CentreOptions
{
    /// <summary>The value that goes back to comparing without a centre.</summary>
    public const string None = "none";

    private const int LeastPeople = 20, FewestPeople = 2;

    public Option<string?> Centre { get; } = new("--centre")
    {
        Description = "Subtracts half the mean of the site's people from every encoding; 'none' goes back.",
        HelpName = None,
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<int> CentreMin { get; } = new("--centre-min")
    {
        Description = "With --centre: the least number of people.",
        HelpName = "N",
        DefaultValueFactory = _ => LeastPeople,
    };

    public bool IsGiven(SymbolResult result) => result.GetResult(Centre) is { Implicit: false };

    /// <summary>Whether to go back to comparing without a centre.</summary>
    public bool GoesBack(ParseResult result) => result.GetValue(Centre) == None;

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Centre, CentreMin })
            command.Options.Add(option);
        Centre.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not None and var other }])
                result.AddError($"--centre takes no value, or '{None}'; it was '{other}'.");
        });
        CentreMin.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out int least) || least < FewestPeople))
                result.AddError($"--centre-min is {text}; it must be a number from {FewestPeople}.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(Centre) is null && result.GetResult(CentreMin) is { Implicit: false })
                result.AddError("--centre-min needs --centre.");
        });
    }
}
