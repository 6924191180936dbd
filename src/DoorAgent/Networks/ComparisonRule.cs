namespace DoorAgent.Networks;

/// <summary>What a face is compared with: how a person's encodings become templates.</summary>
internal enum TemplateKind
{
    /// <summary>Each encoding is a template, and the nearest counts.</summary>
    Nearest,

    /// <summary>The mean of the person's encodings, of unit length, is the only template.</summary>
    Mean,

    /// <summary>The mean without the encodings farthest from the mean is the only template.</summary>
    Trimmed,
}

/// <summary>Which encodings are the mean of those of a face and of the face's mirror image.</summary>
internal enum FlipUse
{
    /// <summary>None.</summary>
    Off,

    /// <summary>The enrolled ones.</summary>
    Enrolment,

    /// <summary>The enrolled ones and those of the faces at the door.</summary>
    Both,
}

/// <summary>How a face is compared with a person. A calibration table holds for one rule, because each rule changes the distances.</summary>
/// <param name="Template">How a person's encodings become templates.</param>
/// <param name="Flip">Which encodings include the mirror image.</param>
/// <param name="IsCentred">Whether half the mean of the site's people is subtracted from each encoding.</param>
internal sealed record ComparisonRule(TemplateKind Template, FlipUse Flip, bool IsCentred)
{
    private const string FlipBoth = "flip", FlipEnrolment = "flip-enrolment", Centred = "centred";

    /// <summary>The rule of all galleries before rules had names.</summary>
    public static ComparisonRule Nearest { get; } = new(TemplateKind.Nearest, FlipUse.Off, IsCentred: false);

    /// <summary>The rule's name: the template, then what else holds, joined by plus signs, such as mean+flip+centred.</summary>
    public string Name => string.Join('+', Parts());

    /// <summary>Reads a name.</summary>
    /// <returns>The rule; null if the text is not the name of a rule.</returns>
    public static ComparisonRule? Parse(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Every rule, the plainest first.</summary>
    public static IReadOnlyList<ComparisonRule> All { get; } =
    [
        .. from template in Enum.GetValues<TemplateKind>()
           from flip in Enum.GetValues<FlipUse>()
           from isCentred in new[] { false, true }
           select new ComparisonRule(template, flip, isCentred),
    ];

    private IEnumerable<string> Parts()
    {
        yield return Template.ToString().ToLowerInvariant();
        if (Flip != FlipUse.Off)
            yield return Flip == FlipUse.Both ? FlipBoth : FlipEnrolment;
        if (IsCentred)
            yield return Centred;
    }
}
