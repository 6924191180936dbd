using System.Globalization;
using System.Xml.Linq;
using DoorAgent.Commands.Pad;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Liveness;
using DoorAgent.Tests.Evaluation;

namespace DoorAgent.Tests.Commands.Pad;

public sealed class PadPlotsTests
{
    private static readonly PadEvaluation Part = new([
        SomeResults.Judged("live", 5.2), SomeResults.Judged("live", 5.9), SomeResults.Judged("live", -1.5), SomeResults.Judged("live", 24),
        SomeResults.Judged("<i>", -7), SomeResults.Judged("<i>", 2), SomeResults.Judged("<i>", double.NegativeInfinity)]);

    [Fact]
    public void TheHistogramCountsEachScoreOnceInItsBin()
    {
        string[] bars = [.. Shapes(PadPlots.Histogram(Part, 0), "rect").Select(bar => bar.Value)];
        Assert.Equal(["-2 to -1: 1", "5 to 6: 2", "24 to 25: 1", "-7 to -6: 1", "2 to 3: 1", "20 to 21: 1"], bars);
    }

    [Fact]
    public void TheCharacteristicIsACurveForEachAttackWithTheDoorsThreshold()
    {
        string svg = PadPlots.Roc(Part, 0);
        Assert.Single(Shapes(svg, "polyline"));
        XElement dot = Assert.Single(Shapes(svg, "circle"));
        // A quarter of the people is refused and a third of the attacks accepted; the plot is 530 wide for one half, and 420 high.
        Assert.Equal(265, double.Parse(dot.Attribute("cx")!.Value, CultureInfo.InvariantCulture), 0.1);
        Assert.Equal(280, double.Parse(dot.Attribute("cy")!.Value, CultureInfo.InvariantCulture), 0.1);
        Assert.Contains(Shapes(svg, "text"), text => text.Value == "<i>");
    }

    [Fact]
    public void WithoutScoresNothingIsDrawn()
    {
        PadEvaluation cues = new([new PresentationResult(SomeResults.Still("live", "1"), UnusableReason.None,
            [new JudgedAttempt(SpoofSign.None, null)])]);
        Assert.Equal(("", ""), (PadPlots.Histogram(cues, 0), PadPlots.Roc(cues, 0)));
    }

    private static IEnumerable<XElement> Shapes(string svg, string name) =>
        XDocument.Parse(svg).Descendants().Where(shape => shape.Name.LocalName == name);
}
