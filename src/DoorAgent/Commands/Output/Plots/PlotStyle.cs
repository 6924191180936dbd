namespace DoorAgent.Commands.Output.Plots;

/// <summary>How the series of a plot differ from each other: by colour on a screen, and by dashes in print and for people who see no
/// colours.</summary>
internal static class PlotStyle
{
    // M. Okabe and K. Ito, Color Universal Design (2008): these colours also differ for people who do not see red or green.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a87400", "#2f9fd8", "#444444"];

    private static readonly string[] Patterns = ["", "9 4", "2 3", "10 3 2 3", "5 2", "14 4", "1 5"];

    /// <summary>Returns the colour of a series.</summary>
    /// <param name="series">Number of the series, from 0.</param>
    public static string Colour(int series) => Colours[series % Colours.Length];

    /// <summary>Returns the dashes of a series; empty for a solid line.</summary>
    /// <param name="series">Number of the series, from 0.</param>
    public static string Dashes(int series) => Patterns[series % Patterns.Length];
}
