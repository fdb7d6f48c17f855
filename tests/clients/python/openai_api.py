"""The official `openai` package against a server of ours: `openai_api.py SCENE BASE_URL [TOKEN]` prints one JSON."""

import json
import sys

import openai

QUESTION = [{"role": "user", "content": "What do kestrels eat?"}]


def models(client, project):
    listed = [model.id for model in client.models.list()]
    one = client.models.retrieve(project)
    return {"listed": listed, "one": one.id, "name": one.name, "created": one.created > 0}


def whole(client, project):
    answer = client.chat.completions.create(model=project, messages=QUESTION)
    choice = answer.choices[0]
    return {
        "object": answer.object,
        "model": answer.model,
        "content": choice.message.content,
        "finish_reason": choice.finish_reason,
        "usage": answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0,
        "sources": [source["metadata"]["filename"] for source in answer.sources],
        "cited": answer.docent["cited"],
        "chat": answer.docent["chat_id"],
    }


def stream(client, project):
    options = {"include_usage": True}
    chunks = list(client.chat.completions.create(model=project, messages=QUESTION, stream=True, stream_options=options))
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    return {
        "role": chunks[0].choices[0].delta.role,
        "sources": [source["metadata"]["filename"] for source in chunks[0].sources],
        "content": "".join(pieces),
        "finish_reason": chunks[-2].choices[0].finish_reason,
        "usage": [chunk.usage is not None for chunk in chunks],
        "ids": len({chunk.id for chunk in chunks}),
    }


def talk(client, project):
    said = [
        {"role": "system", "content": "Answer like a pirate."},
        {"role": "user", "content": "What do kestrels eat?"},
        {"role": "assistant", "content": "Voles."},
        {"role": "user", "content": [{"type": "text", "text": "Where do they find them?"}]},
    ]
    answer = client.chat.completions.create(model=project, messages=said, temperature=0.3, extra_body={"top_k": 2})
    return {"chat": answer.docent["chat_id"], "content": answer.choices[0].message.content}


def leave(client, project):
    answer = client.chat.completions.create(model=project, messages=QUESTION, stream=True)
    first = next(iter(answer))
    answer.close()
    return {"chat": first.sources is not None}


def failing(client, project):
    """What raises, and as what."""
    heard = []
    tries = [
        lambda: client.chat.completions.create(model="gpt-4o", messages=QUESTION),
        lambda: client.chat.completions.create(model="project:999", messages=QUESTION),
        lambda: client.chat.completions.create(model=project, messages=[]),
        lambda: client.chat.completions.create(model=project, messages=QUESTION, temperature=3),
        lambda: client.models.retrieve("project:999"),
        lambda: client.embeddings.create(model="text-embedding-3-small", input="x"),
    ]
    for attempt in tries:
        try:
            attempt()
        except openai.APIStatusError as error:
            heard.append(f"{type(error).__name__} {error.status_code} {error.code} {error.param}")
    return heard


def broken(client, project):
    """A failure in the middle of a stream: what came before it, and what was raised."""
    text = ""
    try:
        for chunk in client.chat.completions.create(model=project, messages=QUESTION, stream=True):
            text += chunk.choices[0].delta.content or ""
    except openai.APIError as error:
        return {"text": text, "raised": type(error).__name__, "message": error.message, "code": error.code}
    return {"text": text}


def embeddings(client, _):
    model = client.models.list().data[-1].id
    texts = ["Kestrels eat voles.", "Owls sleep by day.", "Kestrels eat voles."]
    # The package asks for base64 by itself, and decodes it.
    packed = client.embeddings.create(model=model, input=texts)
    plain = client.embeddings.create(model=model, input=texts, encoding_format="float")
    vectors = [item.embedding for item in plain.data]
    near = max(abs(a - b) for x, y in zip(packed.data, plain.data) for a, b in zip(x.embedding, y.embedding))
    return {
        "same": near < 1e-6,
        "order": [item.index for item in packed.data],
        "length": [round(sum(x * x for x in vector), 3) for vector in vectors],
        "repeats": vectors[0] == vectors[2] != vectors[1],
        "usage": plain.usage.prompt_tokens > 0,
    }


def responses(client, project):
    """A response, one that goes on with it, one event by event; and the oldest way to ask."""
    one = client.responses.create(model=project, input=QUESTION[0]["content"], instructions="Be brief.")
    more = [{"type": "message", "role": "user", "content": [{"type": "input_text", "text": "Where?"}]}]
    two = client.responses.create(model=project, input=more, previous_response_id=one.id)
    events = list(client.responses.create(model=project, input=QUESTION[0]["content"], stream=True))
    try:
        client.responses.create(model=project, input="x", previous_response_id="resp_999_999")
        missing = "let in"
    except openai.BadRequestError as error:
        missing = f"{error.code} {error.param}"
    old = client.completions.create(model=project, prompt=QUESTION[0]["content"])
    old_stream = client.completions.create(model=project, prompt=QUESTION[0]["content"], stream=True)
    part = one.output[0].content[0]
    return {
        "text": [one.output_text, two.output_text, old.choices[0].text, "".join(c.choices[0].text for c in old_stream)],
        "status": one.status,
        "cited": [citation.filename for citation in part.annotations],
        "usage": one.usage.total_tokens == one.usage.input_tokens + one.usage.output_tokens > 0,
        "previous": two.previous_response_id == one.id,
        "events": [event.type for event in events if event.type != "response.output_text.delta"],
        "numbers": [event.sequence_number for event in events] == list(range(len(events))),
        "pieces": "".join(event.delta for event in events if event.type == "response.output_text.delta"),
        "end": events[-1].response.output_text,
        "missing": missing,
    }


def refused(client, project):
    """What comes of each route without a good key."""
    heard = []
    tries = [
        lambda: client.models.list(),
        lambda: client.models.retrieve(project),
        lambda: client.chat.completions.create(model=project, messages=QUESTION),
        lambda: client.chat.completions.create(model=project, messages=QUESTION, stream=True),
        lambda: client.embeddings.create(model="hash/384", input="x"),
    ]
    for attempt in tries:
        try:
            attempt()
            heard.append("let in")
        except openai.APIStatusError as error:
            asked_for = error.response.headers.get("www-authenticate")
            heard.append(f"{type(error).__name__} {error.status_code} {error.code} {asked_for}")
    return heard


def unseen(client, project):
    """A project of somebody else's, and one that never was: word for word what is said of each."""
    heard = []
    for model in (project, "project:999999"):
        tries = [
            lambda: client.models.retrieve(model),
            lambda: client.chat.completions.create(model=model, messages=QUESTION),
            lambda: client.chat.completions.create(model=model, messages=QUESTION, stream=True),
            lambda: client.chat.completions.create(model=model + "/small", messages=QUESTION),
        ]
        for attempt in tries:
            try:
                attempt()
                heard.append("let in")
            except openai.NotFoundError as error:
                heard.append(json.dumps(error.body, sort_keys=True).replace(model, "MODEL"))
    return {"same": heard[:4] == heard[4:], "said": heard[0]}


def limited(client, project):
    """What the answers tell of the limit, up to the one that is refused."""
    told = []
    for _ in range(10):
        try:
            raw = client.chat.completions.with_raw_response.create(model=project, messages=QUESTION)
            told.append(raw.headers["ratelimit"].split(";")[1])
            policy = raw.headers["ratelimit-policy"]
        except openai.RateLimitError as error:
            waiting = int(error.response.headers["retry-after"])
            return {"told": told, "policy": policy, "code": error.code, "type": error.type, "waits": 0 < waiting <= 900}
    return {"told": told}


def bounded(client, project):
    """Limits of the answer, which the model keeps."""
    answer = client.chat.completions.create(model=project, messages=QUESTION, max_tokens=7, stop=["\n", "END"])
    return {"content": answer.choices[0].message.content, "finish_reason": answer.choices[0].finish_reason}


def main():
    scene, base, project, *token = sys.argv[1:]
    client = openai.OpenAI(base_url=f"{base}/v1", api_key=token[0] if token else "none", max_retries=0)
    print(json.dumps(globals()[scene](client, project)))


main()
