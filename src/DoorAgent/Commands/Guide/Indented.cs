using Spectre.Console.Rendering;

namespace DoorAgent.Commands.Guide;

/// <summary>Shifts something to the right and removes blanks at the ends of its lines, since plain text is copied and searched.</summary>
/// <param name="inner">What is shifted.</param>
/// <param name="by">The number of columns.</param>
internal sealed class Indented(IRenderable inner, int by) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (SegmentLine line in Segment.SplitLines(inner.Render(options, Math.Max(1, maxWidth - by))))
        {
            int last = line.FindLastIndex(part => part.Text.Trim().Length > 0);
            if (last >= 0)
                yield return new Segment(new string(' ', by));
            for (int i = 0; i <= last; i++)
                yield return i < last ? line[i] : new Segment(line[i].Text.TrimEnd(), line[i].Style);
            yield return Segment.LineBreak;
        }
    }
}
