"""CPU and questions of the pages about people."""
import time
from datetime import timedelta
import pytest
from django.urls import reverse
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.core.files.uploadedfile import SimpleUploadedFile
from statsbidrag.portal.models import *
from statsbidrag.portal.actions import invitations, agents
from statsbidrag.portal.actions.uploads import Upload
from pypdf import PdfWriter
import io
def test_it(someone, browser_of, now):
    w=PdfWriter(); w.add_blank_page(200,200); b=io.BytesIO(); w.write(b)
    a=someone("agent","municipality-0484"); o=someone("officer"); ad=someone("administrator"); new=someone()
    for i in range(12): someone("coordinator","municipality-0484"); someone("officer", name=f"Namn {i}")
    for i in range(5): invitations.invite(a,"municipality-0484","reader",f"a{i}@exempel.se",link=str,now=now)
    apps=[]
    for k in range(60):
        p=someone(); apps.append(agents.apply(p, agents.Application("municipality-0484","signatory","x","a@exempel.se","1",Upload("a.pdf","application/pdf",b.getvalue())), now))
    mine=agents.apply(new, agents.Application("region-01","signatory","x","a@exempel.se","1",Upload("a.pdf","application/pdf",b.getvalue())), now)
    pages=[("my_organisations",[],a),("colleagues",["municipality-0484"],a),("new_agent_application",[],a),("delete_account",[],a),("agent_applications",[],o),("judge_agent_application",[mine.pk],o),("agent_application",[mine.pk],new),("staff",[],ad)]
    for name,args,who in pages:
        br=browser_of(who); u=reverse(name,args=args)
        if name=="new_agent_application": u+="?mottagare=municipality-0180"
        br.get(u)
        with CaptureQueriesContext(connection) as q: br.get(u)
        t=time.process_time()
        for _ in range(40): br.get(u)
        print(f"{name:28} {(time.process_time()-t)/40*1000:.2f} ms, {len(q)} questions")
    t=time.process_time()
    for i in range(20):
        browser=browser_of(a); 
    br=browser_of(a); u=reverse("colleagues",args=["municipality-0484"])
    t=time.process_time()
    for i in range(20): assert br.post(u,{"kind":"reader","email":f"b{i}@exempel.se","deed_key":f"k{i}"}).status_code==302
    print(f"invite {(time.process_time()-t)/20*1000:.2f} ms")
    br=browser_of(someone()); us=[reverse("new_agent_application")+"?mottagare="+k for k in list(__import__("statsbidrag.portal.rules",fromlist=["x"]).recipients())[30:50]]
    t=time.process_time()
    for i,u in enumerate(us): assert br.post(u,{"capacity":"signatory","position":"a","email":"a@exempel.se","telephone":"1","proof":SimpleUploadedFile("a.pdf",b.getvalue()),"deed_key":f"z{i}"}).status_code==302
    print(f"apply {(time.process_time()-t)/20*1000:.2f} ms")
