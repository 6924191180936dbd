using System.Globalization;
using DoorAgent.Faces;

namespace DoorAgent.Diagnostics.Explaining;

/// <summary>A measure of a face with its limits.</summary>
/// <param name="Name">The measure's name, such as <c>brightness</c>.</param>
/// <param name="Value">The measured value.</param>
/// <param name="Least">The least value that passes; null without such a limit.</param>
/// <param name="Most">The largest value that passes; null without such a limit.</param>
/// <param name="Form">The format of the numbers.</param>
internal sealed record FaceMeasure(string Name, float Value, double? Least, double? Most, string Form)
{
    /// <summary>Whether the value is within its limits.</summary>
    public bool Passes => !(Value < Least) && !(Value > Most) && !float.IsNaN(Value);

    /// <summary>The measure with its limits in words, such as <c>brightness 84 (at least 30)</c>.</summary>
    public string Words => $"{Name} {Text(Value)} ({(Least, Most) switch
    {
        ({ } least, { } most) => $"{Text(least)} to {Text(most)}",
        ({ } least, null) => $"at least {Text(least)}",
        (null, { } most) => $"at most {Text(most)}",
        _ => "no limit",
    }})";

    /// <summary>Returns all measures of a face, in the order in which the door checks them.</summary>
    /// <param name="quality">The measures.</param>
    /// <param name="options">The limits of the door.</param>
    /// <param name="minWidth">The least width of a face whose liveness is judged; 0 for none.</param>
    public static IReadOnlyList<FaceMeasure> Of(FaceQuality quality, FaceOptions options, int minWidth) =>
    [
        new("width", quality.Width, Math.Max(options.MinFaceWidth, minWidth), null, "0"),
        new("brightness", quality.Brightness, options.MinBrightness, null, "0"),
        new("sharpness", quality.Sharpness, options.MinSharpness, null, "0.000"),
        new("roll", quality.Roll, null, FaceQuality.MaxRoll, "0"),
        new("width by height", quality.Proportion, FaceQuality.LeastProportion, FaceQuality.MostProportion, "0.00"),
        new("turn", quality.Turn, null, options.MaxTurn, "0.00"),
    ];

    private string Text(double number) => number.ToString(Form, CultureInfo.InvariantCulture);
}
