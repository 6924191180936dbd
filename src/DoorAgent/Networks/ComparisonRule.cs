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

    /// <summary>Whether the enrolled encodings include the mirror image.</summary>
    public bool HasFlippedEncodings => Flip != FlipUse.Off;

    /// <summary>Whether the encoding of a face at the door includes the mirror image.</summary>
    public bool HasFlippedProbes => Flip == FlipUse.Both;

    /// <summary>The rule by which two pictures are compared: encoding with encoding, as they are stored, without a centre.</summary>
    public ComparisonRule OfEncodings => this with { Template = TemplateKind.Nearest, IsCentred = false };

    /// <summary>The rule's name: the template, then what else holds, joined by plus signs, such as mean+flip+centred.</summary>
    public string Name => string.Join('+', Parts());

    /// <summary>Reads a name.</summary>
    /// <returns>The rule; null if the text is not the name of a rule.</returns>
    public static ComparisonRule? Parse(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>The rules for new galleries, the best first. At equal false match rates the mean of three pictures refuses fewer right
    /// claims than the nearest of them, but a table for means must hold for one picture and for ten, and with so strict a table means refuse
    /// more. A centre is not among the rules, because a new gallery has no people yet from whom it could be computed.</summary>
    public static IReadOnlyList<ComparisonRule> BestFirst { get; } =
        [Nearest, .. new[] { FlipUse.Enrolment, FlipUse.Both }.Select(flip => Nearest with { Flip = flip })];

    /// <summary>Returns the rule of a new gallery: the best one with a calibration of the pair of networks and with the wanted use of
    /// mirror images; without one the best that has a calibration, and <see cref="Nearest"/> where none has.</summary>
    /// <param name="encoder">The catalogue entry of the encoder.</param>
    /// <param name="detector">Id of the detector.</param>
    /// <param name="flip">Which encodings are to include the mirror image.</param>
    public static ComparisonRule Best(CatalogueEntry encoder, string detector, FlipUse flip = FlipUse.Off)
    {
        ComparisonRule[] known = [.. BestFirst.Where(rule => encoder.CalibrationOf(detector, rule) is { Rows.Length: > 0 })];
        return known.FirstOrDefault(rule => rule.Flip == flip) ?? known.FirstOrDefault()
            ?? All.FirstOrDefault(rule => !rule.IsCentred && encoder.CalibrationOf(detector, rule) is { Rows.Length: > 0 }) ?? Nearest;
    }

    /// <summary>Every rule, the plainest first.</summary>
    public static IReadOnlyList<ComparisonRule> All { get; } =
    [
        .. from template in Enum.GetValues<TemplateKind>()
           from flip in Enum.GetValues<FlipUse>()
           from isCentred in new[] { false, true }
           select new ComparisonRule(template, flip, isCentred),
    ];

    /// <summary>The rule in words, such as "mean encoding, mirror images included, centred on the site".</summary>
    public string Words
    {
        get
        {
            string template = Template switch
            {
                TemplateKind.Nearest => "nearest encoding",
                TemplateKind.Mean => "mean encoding",
                _ => "trimmed mean encoding",
            };
            string flip = Flip switch
            {
                FlipUse.Off => "",
                FlipUse.Enrolment => ", mirror images included at enrolment",
                _ => ", mirror images included",
            };
            return $"{template}{flip}{(IsCentred ? ", centred on the site" : "")}";
        }
    }

    public override string ToString() => Name;

    private IEnumerable<string> Parts()
    {
        yield return Template.ToString().ToLowerInvariant();
        if (Flip != FlipUse.Off)
            yield return Flip == FlipUse.Both ? FlipBoth : FlipEnrolment;
        if (IsCentred)
            yield return Centred;
    }
}
