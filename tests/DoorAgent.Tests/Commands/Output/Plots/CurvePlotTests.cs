using System.Xml.Linq;
using DoorAgent.Commands.Output.Plots;

namespace DoorAgent.Tests.Commands.Output.Plots;

public sealed class CurvePlotTests
{
    private static readonly PlotAxis X = PlotAxis.Logarithmic("FMR", 1e-4, 1), Y = PlotAxis.Linear("TMR", 0, 1, 0.2);

    [Fact]
    public void CurvesDifferByColourAndByDashesAndAreNamedInTheLegend()
    {
        string svg = CurvePlot.Of("ROC", X, Y, [Curve("a & b", 0), Curve("second", 1)]);
        XElement[] lines = [.. Shapes(svg, "polyline")];
        Assert.Equal(2, lines.Length);
        Assert.NotEqual(lines[0].Attribute("stroke")!.Value, lines[1].Attribute("stroke")!.Value);
        Assert.Null(lines[0].Attribute("stroke-dasharray"));
        Assert.NotNull(lines[1].Attribute("stroke-dasharray"));
        Assert.Contains(Shapes(svg, "text"), text => text.Value == "a & b");
        Assert.Contains(Shapes(svg, "text"), text => text.Value == "second");
    }

    [Fact]
    public void CornersThatTheAxisCannotShowAreLeftOutAndNoNumberIsBroken()
    {
        string svg = CurvePlot.Of("ROC", X, Y, [new PlotCurve("one", [(0, 0), (1e-4, 0.5), (1, 1)], 0) { Dots = [(0, 1, "never")] }]);
        Assert.Equal("0,210 530,0", Assert.Single(Shapes(svg, "polyline")).Attribute("points")!.Value);
        Assert.Empty(Shapes(svg, "circle"));
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void ACurveOfManyCornersIsDrawnWithAsManyAsThePictureCanShow()
    {
        (double, double)[] corners = [.. Enumerable.Range(1, 20_000).Select(i => (i / 20_000.0, i / 20_000.0))];
        string svg = CurvePlot.Of("ROC", X, Y, [new PlotCurve("one", corners, 0)]);
        string[] drawn = Assert.Single(Shapes(svg, "polyline")).Attribute("points")!.Value.Split(' ');
        Assert.InRange(drawn.Length, 200, 2500);
        Assert.Equal("530,0", drawn[^1]);
    }

    private static PlotCurve Curve(string name, int series) => new(name, [(1e-3, 0.5), (1, 1)], series);

    private static IEnumerable<XElement> Shapes(string svg, string name) =>
        XDocument.Parse(svg).Descendants().Where(shape => shape.Name.LocalName == name);
}
