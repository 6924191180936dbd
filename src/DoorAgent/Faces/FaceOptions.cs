using DoorAgent.Hardware.Settings;

namespace DoorAgent.Faces;

/// <summary>Which faces are looked at.</summary>
internal sealed class FaceOptions : ICheckedOptions
{
    public static string Section => "Faces";

    /// <value>Catalogue id of the detector; default door-detector, the built-in one.</value>
    public string Detector { get; set; } = Networks.Catalogue.BuiltInDetector;

    /// <value>Least width of a face in pixels; 20 to 400, default 60.</value>
    public int MinFaceWidth { get; set; } = 60;

    /// <value>A further face counts when its area is at least this part of the main one; 0.1 to 1, default 0.4.</value>
    public double SecondFaceRatio { get; set; } = 0.4;

    /// <value>Least mean brightness of a face, 0 to 255; 5 to 100, default 30. Darker is TooDark.</value>
    public double MinBrightness { get; set; } = 30;

    /// <value>Least sharpness of a face (see FaceQuality); 0 to 1, default 0.008: a blur of a fortieth of the face's width, or
    /// a movement of a tenth, is less. Less is Blurred.</value>
    public double MinSharpness { get; set; } = 0.008;

    /// <value>How far to a side a face may be turned (see FaceQuality); 0.1 to 2, default 0.9. More is FaceTurned.</value>
    public double MaxTurn { get; set; } = 0.9;

    public void Check(OptionErrors errors)
    {
        if (Networks.Catalogue.Embedded.WhyNot(Detector, Networks.ModelTask.Detector) is { } why)
            errors.Refuse(nameof(Detector), Detector, why);
        errors.Range(nameof(MinFaceWidth), MinFaceWidth, 20, 400);
        errors.Range(nameof(SecondFaceRatio), SecondFaceRatio, 0.1, 1);
        errors.Range(nameof(MinBrightness), MinBrightness, 5, 100);
        errors.Range(nameof(MinSharpness), MinSharpness, 0, 1);
        errors.Range(nameof(MaxTurn), MaxTurn, 0.1, 2);
    }
}
