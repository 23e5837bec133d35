using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace IndicatorCore.Portal.Serving;

/// <summary>Inputs that come over HTTP: read as they arrive, and acknowledged when the publication that holds them is durable.</summary>
/// <param name="options">What is served.</param>
/// <param name="publisher">Publishes.</param>
/// <param name="metrics">Takes counts.</param>
internal sealed class UploadEndpoints(PortalOptions options, Publisher publisher, PortalMetrics metrics) : IDisposable
{
    private const int LongestName = 200;
    private readonly SemaphoreSlim _places = new(options.MaximumUploads);
    private readonly SemaphoreSlim _publishing = new(1);

    /// <summary><c>POST /uploads/stream</c>.</summary>
    public Task StreamAsync(PortalRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.Context.Request.ContentType, out var type) || type.MediaType != AnswerFormat.Arrow)
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, $"The body is an Arrow IPC stream, {AnswerFormat.Arrow}.", "Content-Type");
        }

        var name = request.Query.Text("name") ?? "upload";
        if (name.Length is 0 or > LongestName || name.AsSpan().ContainsAny('/', '\\'))
        {
            throw ProblemException.Bad("name", "'name' is what the input is called: at most 200 characters, and no path.");
        }

        return TakeAsync(request, (engine, cancellationToken) => engine.ReadAsync(request.Context.Request.BodyReader, name, cancellationToken));
    }

    /// <summary><c>POST /uploads/state</c>.</summary>
    public Task StateAsync(PortalRequest request) => TakeAsync(request, async (engine, cancellationToken) =>
    {
        // states are files with a directory at the end
        var copy = await StateCopy.CopyAsync(request.Context.Request.Body, options.MaximumUploadBytes, cancellationToken);
        await using (copy)
        {
            await engine.MergeStateAsync(copy.Path, cancellationToken);
        }
    });

    public void Dispose()
    {
        _places.Dispose();
        _publishing.Dispose();
    }

    private async Task TakeAsync(PortalRequest request, Func<IndicatorEngine, CancellationToken, Task> read)
    {
        var dataset = request.Query.Text("dataset") ?? (options.Recipes.Count == 1 ? options.Recipes[0].Dataset : throw ProblemException.Bad("dataset", "'dataset' says what the upload belongs to."));
        var recipe = options.RecipeOf(dataset) ?? throw ProblemException.NotFound("There is no such dataset that takes uploads.");
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.MaximumUploadBytes;
        }

        if (request.Context.Request.ContentLength > options.MaximumUploadBytes)
        {
            throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "The upload is larger than may be.");
        }

        if (!await _places.WaitAsync(TimeSpan.Zero, request.Aborted))
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "As many uploads as may be are being read: send it again later.");
        }

        metrics.Uploads.Add(1);
        try
        {
            await using var engine = Publisher.NewEngine(recipe);
            await read(engine, request.Aborted);
            var outcome = await PublishAsync(recipe, engine, request.Aborted);
            if (outcome.IsNew)
            {
                metrics.Rows.Add(engine.Inputs.Sum(static input => input.Rows));
                metrics.Bytes.Add(engine.Inputs.Sum(static input => input.Bytes));
                request.Context.Response.Headers.Location = $"{request.Context.Request.PathBase}/api/v1/datasets/{dataset}/revisions";
            }

            request.Context.Response.Headers.CacheControl = "no-store";
            await request.JsonAsync(json => PublicationJson.Write(json, outcome.Publication), outcome.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }
        finally
        {
            metrics.Uploads.Add(-1);
            _places.Release();
        }
    }

    // one after the other: the second takes up what the first has published, and would only start again
    private async Task<PublishOutcome> PublishAsync(PortalRecipe recipe, IndicatorEngine engine, CancellationToken cancellationToken)
    {
        await _publishing.WaitAsync(cancellationToken);
        try
        {
            return await publisher.PublishAsync(recipe, Publisher.Merging(engine), cancellationToken);
        }
        finally
        {
            _publishing.Release();
        }
    }
}
