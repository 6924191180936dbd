namespace DoorAgent.Enrolment;

/// <summary>What is said of one frame while pictures are taken from a camera.</summary>
/// <param name="Verdict"><see cref="PictureVerdict.Kept"/> when the frame was taken.</param>
/// <param name="Words">What was found, for the person before the camera.</param>
/// <param name="Advice">What to do now.</param>
/// <param name="Taken">How many pictures are taken so far.</param>
internal sealed record LiveFinding(PictureVerdict Verdict, string Words, string Advice, int Taken);
