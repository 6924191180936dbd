namespace DoorAgent.Hardware.Settings;

/// <summary>What holds where nobody sets a setting that has no value of its own, in the words of the guide.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UnsetAttribute(string words) : Attribute
{
    /// <summary>Such as none.</summary>
    public string Words => words;
}
