using System.Collections.Frozen;

namespace DoorAgent.Faces;

/// <summary>Why a frame or a picture cannot be compared. Every reason has a row in <see cref="UnusableReasons"/>.</summary>
internal enum UnusableReason
{
    /// <summary>The frame or picture can be compared.</summary>
    None,
    NoFace,
    SeveralFaces,
    TooDark,
    Blurred,
    TooSmall,
    NotUpright,
    OutOfProportion,
    FaceTurned,

    /// <summary>A mask, a scarf or a hand covers the face.</summary>
    FaceCovered,

    /// <summary>The picture is a negative, a drawing, or anything else that the calibration does not cover.</summary>
    UnlikeAFace,
}

/// <summary>The words for one reason. <c>{Faces}</c>, <c>{Width}</c> and <c>{Side}</c> stand for what was measured.</summary>
/// <param name="Denial">Why the door stayed locked: a clause without a full stop.</param>
/// <param name="Remedy">What a technician can do: a command, a setting or a thing to look at.</param>
/// <param name="Name">The problem in at most four words.</param>
/// <param name="Picture">The problem of a picture file, and what to do about it.</param>
/// <param name="Advice">What a person in front of the camera should do.</param>
internal sealed record UnusableReasonText(string Denial, string Remedy, string Name, string Picture, string Advice)
{
    /// <summary>The problem with its measure, for a person in front of the camera.</summary>
    public string Live { get; init; } = Name;

    /// <summary>Whether an attempt in which no frame could be compared is denied for this reason when the reason is the most frequent one.
    /// Frames without a face do not count: somebody walks up to the door before their face can be seen.</summary>
    public bool CountsInAttempt { get; init; } = true;
}

/// <summary>The table of all reasons. A new reason needs its member above, its row here, the place that measures it
/// (<see cref="FaceQuality.Judge"/>), its setting in <see cref="FaceOptions"/> where it has one, and the word in
/// <c>DenyReason</c>.</summary>
internal static class UnusableReasons
{
    private static readonly FrozenDictionary<UnusableReason, UnusableReasonText> Table = new Dictionary<UnusableReason, UnusableReasonText>
    {
        [UnusableReason.NoFace] = new(
            Denial: "no face was seen in time",
            Remedy: "Is the camera covered, or does it point elsewhere? It should see the face of a person who holds a badge to the reader",
            Name: "no face",
            Picture: "no face",
            Advice: "stand in front of the camera and look into it") { CountsInAttempt = false },
        [UnusableReason.SeveralFaces] = new(
            Denial: "several faces were in the picture",
            Remedy: "One person at a time in front of the camera; a picture on the wall behind counts too (Faces:SecondFaceRatio)",
            Name: "several faces",
            Picture: "{Faces} faces: only one may be in the picture",
            Advice: "let one person stand there") { Live = "{Faces} faces" },
        [UnusableReason.TooDark] = new(
            Denial: "the picture was too dark",
            Remedy: "More light on the face; Faces:MinBrightness says how much is enough",
            Name: "too dark",
            Picture: "too dark: turn on a light",
            Advice: "turn on a light, or turn to the window"),
        [UnusableReason.Blurred] = new(
            Denial: "the picture was blurred",
            Remedy: "Stand still; clean the lens; more light (Faces:MinSharpness)",
            Name: "blurred",
            Picture: "blurred: hold still, wipe the lens",
            Advice: "hold still, and wipe the lens"),
        [UnusableReason.TooSmall] = new(
            Denial: "the face was too small",
            Remedy: "Come closer; Liveness:MinFaceWidth (where the liveness check is on) and Faces:MinFaceWidth say how near",
            Name: "face too small",
            Picture: "face too small ({Width} pixels wide; Faces:MinFaceWidth is the least width): come closer",
            Advice: "come closer") { Live = "face too small ({Width} pixels wide)" },
        [UnusableReason.NotUpright] = new(
            Denial: "the face was not upright in the picture",
            Remedy: "Hold the head straight; if every face lies on its side or upside down, the camera is mounted that way: "
                + "Hardware:CameraRotation turns its picture, and 'dooragent doctor' says by how much",
            Name: "not upright",
            Picture: "the face is not upright: turn the picture, or hold the head straight",
            Advice: "hold your head straight"),
        [UnusableReason.OutOfProportion] = new(
            Denial: "the face was squeezed or stretched",
            Remedy: "The camera squeezes or stretches the picture: give its stream a size in the sensor's own proportions; "
                + "'dooragent camera snap FILE' shows the picture",
            Name: "squeezed or stretched",
            Picture: "the face is squeezed or stretched: take the picture in its own proportions",
            Advice: "set the camera to its own proportions"),
        [UnusableReason.FaceTurned] = new(
            Denial: "the face was turned away",
            Remedy: "Look into the camera; if people do, turn the camera to where they stand (Faces:MaxTurn)",
            Name: "turned too far",
            Picture: "turned to a side: look into the camera",
            Advice: "turn your head back, to the {Side}"),
        [UnusableReason.FaceCovered] = new(
            Denial: "the face was covered",
            Remedy: "Take off the mask or scarf, and keep hands away from the face: covered faces cannot be told apart",
            Name: "face covered",
            Picture: "the face is covered: take off the mask or scarf",
            Advice: "take off the mask or scarf"),
        [UnusableReason.UnlikeAFace] = new(
            Denial: "the picture was unlike the faces that the networks know",
            Remedy: "'dooragent camera snap FILE' shows the picture: inverted colours, a drawing, "
                + "strong noise or very low contrast have to be corrected at the camera",
            Name: "unlike a face",
            Picture: "unlike a photograph of a face: take another picture, with natural colours and light",
            Advice: "set the camera to natural colours and light"),
    }.ToFrozenDictionary();

    /// <summary>Every reason except <see cref="UnusableReason.None"/>, in the order of the enum.</summary>
    public static IReadOnlyList<UnusableReason> All { get; } =
        [.. Enum.GetValues<UnusableReason>().Where(reason => reason != UnusableReason.None)];

    /// <summary>Returns the words for a reason.</summary>
    /// <exception cref="KeyNotFoundException">The reason is None, or has no row.</exception>
    public static UnusableReasonText Text(this UnusableReason reason) => Table[reason];
}
