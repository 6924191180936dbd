using System.Globalization;

namespace DoorAgent.Faults;

/// <summary>What the command line says.</summary>
internal sealed record FaultOptions
{
    public int Points { get; private init; } = 5;

    /// <summary>Cuts the power instead of killing, with this many random states of the disk for each moment; 0 kills.</summary>
    public int Torn { get; private init; }

    /// <summary>The folder of a recorded run of the virtual door, whose power is cut; null for none.</summary>
    public string? Machine { get; private init; }

    public int Seed { get; private init; } = Random.Shared.Next();

    /// <summary>The file of outcomes, from which an interrupted series goes on.</summary>
    public string? State { get; private init; }

    /// <summary>Where the report is written as a page.</summary>
    public string? Html { get; private init; }

    /// <summary>Only operations whose names contain this.</summary>
    public string Only { get; private init; } = "";

    public bool Includes(Operation operation) => operation.Name.Contains(Only, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads pairs of an option and its value.</summary>
    /// <exception cref="ArgumentException">An option is unknown or has no value.</exception>
    public static FaultOptions Parse(string[] arguments)
    {
        FaultOptions options = new();
        foreach (string[] pair in arguments.Chunk(2))
        {
            options = pair switch
            {
                ["--points", var value] => options with { Points = int.Parse(value, CultureInfo.InvariantCulture) },
                ["--cuts", var value] => options with { Torn = int.Parse(value, CultureInfo.InvariantCulture) },
                ["--machine", var value] => options with { Machine = value },
                ["--seed", var value] => options with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
                ["--state", var value] => options with { State = value },
                ["--html", var value] => options with { Html = value },
                ["--only", var value] => options with { Only = value },
                _ => throw new ArgumentException($"unknown option {pair[0]}, or it has no value"),
            };
        }

        return options;
    }
}
