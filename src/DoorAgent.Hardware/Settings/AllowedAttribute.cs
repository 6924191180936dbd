namespace DoorAgent.Hardware.Settings;

/// <summary>Says which values a setting takes. A setting without a value is not checked.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class AllowedAttribute : Attribute
{
    /// <summary>Whether the setting may have a value.</summary>
    /// <param name="value">The value, of the property's type.</param>
    /// <param name="among">The options of the same section.</param>
    public abstract bool Allows(object value, ICheckedOptions among);

    /// <summary>The values in words, as messages and the guide show them.</summary>
    public abstract string Words(ICheckedOptions among);
}

/// <summary>A number or a time between two others, both included.</summary>
internal class RangeAttribute : AllowedAttribute
{
    private readonly IComparable _min, _max;

    /// <summary>A range of numbers.</summary>
    public RangeAttribute(double min, double max) => (_min, _max) = (min, max);

    /// <summary>A range of times; both ends as people write them, such as 300 ms, 5 s, 10 min or 90 d.</summary>
    public RangeAttribute(string min, string max) => (_min, _max) = (SettingText.ReadTime(min), SettingText.ReadTime(max));

    /// <summary>Whether the lower end itself is refused.</summary>
    public bool IsMinExcluded { get; init; }

    /// <summary>Why other values are refused, as the end of a sentence; null where that needs no words.</summary>
    public string? Why { get; init; }

    /// <summary>NaN is outside every range: NaN compares as less than every number.</summary>
    public sealed override bool Allows(object value, ICheckedOptions among)
    {
        object given = value is TimeSpan ? value : Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
        int aboveMin = -_min.CompareTo(given);
        return (IsMinExcluded ? aboveMin > 0 : aboveMin >= 0) && MaxAmong(among).CompareTo(given) >= 0;
    }

    public sealed override string Words(ICheckedOptions among) =>
        (IsMinExcluded ? $"above {SettingText.Of(_min)}, up to " : $"{SettingText.Of(_min)} to ") + SettingText.Of(MaxAmong(among))
        + (Why is null ? "" : $": {Why}");

    /// <summary>The upper end among these options.</summary>
    protected virtual IComparable MaxAmong(ICheckedOptions among) => _max;
}

/// <summary>One of a list of words or numbers.</summary>
internal sealed class OneOfAttribute(params object[] values) : AllowedAttribute
{
    public override bool Allows(object value, ICheckedOptions among) => values.Contains(value);

    public override string Words(ICheckedOptions among) => string.Join(", ", values.Select(SettingText.Of));
}
