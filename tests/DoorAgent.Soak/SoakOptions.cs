using System.Globalization;

namespace DoorAgent.Soak;

/// <summary>What the command line says.</summary>
internal sealed record SoakOptions
{
    /// <summary>How long the door runs after its start.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Frames per second of the camera; 0.1 to 120.</summary>
    public double Rate { get; init; } = 30;

    /// <summary>Time between two visits.</summary>
    public TimeSpan Visit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two changes of the gallery.</summary>
    public TimeSpan Change { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two samples.</summary>
    public TimeSpan Sample { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Directory of network files; null for the built-in networks.</summary>
    public string? Models { get; init; }

    /// <summary>Folder of the samples and the report.</summary>
    public string Out { get; init; } = "artifacts/soak";

    /// <summary>Name of the files in <see cref="Out"/>.</summary>
    public string Name { get; init; } = "real";

    /// <summary>Reads pairs of an option and its value.</summary>
    /// <exception cref="ArgumentException">An option is unknown or has no value.</exception>
    public static SoakOptions Parse(string[] arguments)
    {
        SoakOptions options = new();
        foreach (string[] pair in arguments.Chunk(2))
        {
            options = pair switch
            {
                ["--minutes", var value] => options with { Length = TimeSpan.FromMinutes(Number(value)) },
                ["--rate", var value] => options with { Rate = Number(value) },
                ["--visit", var value] => options with { Visit = TimeSpan.FromSeconds(Number(value)) },
                ["--change", var value] => options with { Change = TimeSpan.FromSeconds(Number(value)) },
                ["--models", var value] => options with { Models = value },
                ["--out", var value] => options with { Out = value },
                ["--name", var value] => options with { Name = value },
                _ => throw new ArgumentException($"unknown option {pair[0]}, or it has no value"),
            };
        }

        return options;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
