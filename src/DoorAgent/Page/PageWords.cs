namespace DoorAgent.Page;

/// <summary>The languages of the page.</summary>
internal enum PageLanguage
{
    English,
    German,
}
